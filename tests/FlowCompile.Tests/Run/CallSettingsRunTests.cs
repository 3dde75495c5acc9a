using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Code;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>Replicas and repair attempts each under a setting of their own.</summary>
public sealed class CallSettingsRunTests
{
    private static readonly Setting s_nano = new("nano", 8);
    private static readonly Setting s_mini = new("mini", 64);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_replica_calls_its_own_model_with_its_own_budget_and_the_seed_it_always_had(bool sequential)
    {
        var models = new Recording(_ => "7");
        var options = new RunOptions { Seed = 5, Sequential = sequential };
        var mixed = Math("GenerateSolver", new CallSettings(s_nano, s_mini));
        var result = await new MathWorkflow { Models = models.Catalog() }.RunAsync("x", mixed, options);

        var calls = result.Calls.Where(call => call.Node == "GenerateSolver").OrderBy(call => call.Replica).ToList();
        Assert.Equal([s_nano, s_mini], calls.Select(call => call.Setting));
        var asked = models.Asked.Where(one => one.Prompt.StartsWith("[solve]", StringComparison.Ordinal)).ToList();
        Assert.Equal([("mini", 64), ("nano", 8)], asked.Select(one => (one.Model, one.Budget!.Value)).Order());

        var before = new Recording(_ => "7");
        await new MathWorkflow { Models = before.Catalog() }.RunAsync("x", Math("GenerateSolver", s_mini), options);
        Assert.Equal(before.Asked.Select(one => (one.Prompt, one.Seed)).Order(), models.Asked.Select(one => (one.Prompt, one.Seed)).Order());
    }

    [Fact]
    public async Task Each_attempt_calls_its_own_model_and_no_later_one_once_the_test_passes()
    {
        var models = new Recording(prompt => prompt.StartsWith("[fix]", StringComparison.Ordinal) ? prompt.Contains("broken", StringComparison.Ordinal) ? "works" : "broken"
            : prompt.StartsWith("[format]", StringComparison.Ordinal) ? prompt : "bad");
        var result = await new CodeWorkflow { Models = models.Catalog() }.RunAsync("t", "works", Code(new CallSettings(s_nano, s_mini, s_nano)));

        Assert.Equal("[format] works", result.Output);
        Assert.Equal([(0, s_nano), (1, s_mini)], result.Calls.Where(call => call.Node == "Fix").Select(call => (call.Attempt, call.Setting)));
        Assert.Equal([("nano", 8), ("mini", 64)], models.Asked.Where(one => one.Prompt.StartsWith("[fix]", StringComparison.Ordinal)).Select(one => (one.Model, one.Budget!.Value)));
    }

    [Fact]
    public async Task A_failed_replica_moves_the_run_and_keeps_what_is_the_same_there()
    {
        var models = new Recording(prompt => "7", failing: "mini");
        var mixed = Math("GenerateSolver", new CallSettings(s_nano, s_mini), "c02", 2);
        var plain = Math("GenerateSolver", s_nano, "c01", 1);
        var workflow = new MathWorkflow { Models = models.Catalog(), Runtime = new WorkflowRuntime { Retries = 0 } };
        var plan = new WorkflowPlan("math", MathWorkflow.Graph.Hash, "independent", "parallel", [plain, mixed], null);
        var result = await workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Sequential = true });

        Assert.Equal("c01", result.Configuration.Id);
        Assert.Equal(s_mini, Assert.Single(result.Failures).Setting);
        Assert.DoesNotContain(result.Calls, call => call.Setting == s_mini);
        var kept = Assert.Single(result.Reroutes).Kept;
        Assert.Contains("DetailedSolver", kept);
    }

    [Fact]
    public async Task A_model_that_must_not_be_used_is_found_in_every_call()
    {
        var models = new Recording(_ => "7");
        var mixed = Math("GenerateSolver", new CallSettings(s_nano, s_mini));
        var error = await Assert.ThrowsAsync<WorkflowException>(async () =>
            await new MathWorkflow { Models = models.Catalog() }.RunAsync("x", mixed, new RunOptions { DeniedModels = ["mini"] }));
        Assert.Contains("needs the model 'mini'", error.Message, StringComparison.Ordinal);
        Assert.Empty(models.Asked);
    }

    [Fact]
    public void The_time_of_a_node_is_that_of_its_slowest_replica_or_of_all_its_calls_in_a_row()
    {
        var configuration = Code(new CallSettings(s_nano, s_mini, s_nano));
        var plan = new WorkflowPlan("code", CodeWorkflow.Graph.Hash, "independent", "parallel", [configuration], null)
        {
            Cells =
            [
                .. CodeWorkflow.Graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent)
                    .SelectMany(node => new[] { new PlanCell(node.Name, s_nano, 1), new PlanCell(node.Name, s_mini, 5) }),
            ],
        };
        var (fix, sampled) = (CodeWorkflow.Graph.IndexOf("Fix"), CodeWorkflow.Graph.IndexOf("SampledDraft"));
        var parallel = RemainingTime.Get(CodeWorkflow.Graph, plan, configuration, isSequential: false);
        Assert.Equal(7, parallel.Of(fix));
        Assert.Equal(5, parallel.Of(sampled));
        var sequential = RemainingTime.Get(CodeWorkflow.Graph, plan, configuration, isSequential: true);
        Assert.Equal(7, sequential.Of(fix));
        Assert.Equal(6, sequential.Of(sampled));
        Assert.Equal(1, sequential.OfFirst(sampled, 1));
    }

    private static WorkflowConfiguration Math(string node, CallSettings settings, string id = "mixed", double latency = 1)
    {
        var structure = new StructureSpace(MathWorkflow.Graph).Largest;
        return new WorkflowConfiguration(
            id,
            structure,
            [.. MathWorkflow.Graph.Nodes.Select((one, i) => one.Kind != NodeKind.SubAgent || !structure.IsActive(i) ? (CallSettings?)null : one.Name == node ? settings : s_nano)],
            new Estimate { Accuracy = latency / 10, LatencySeconds = latency });
    }

    private static WorkflowConfiguration Code(CallSettings fix)
    {
        var structure = new StructureSpace(CodeWorkflow.Graph).Largest;
        return new WorkflowConfiguration(
            "mixed",
            structure,
            [
                .. CodeWorkflow.Graph.Nodes.Select((one, i) => one.Kind != NodeKind.SubAgent || !structure.IsCalled(i) ? (CallSettings?)null
                    : one.Name == "Fix" ? fix : one.Name == "SampledDraft" ? new CallSettings(s_nano, s_mini) : s_nano),
            ],
            new Estimate { Accuracy = 0.5, LatencySeconds = 1 });
    }

    /// <summary>Models that keep what each of them was asked.</summary>
    private sealed class Recording(Func<string, string> answer, string? failing = null)
    {
        private readonly Dictionary<string, FakeModel> _models = [];

        public List<(string Model, string Prompt, long? Seed, int? Budget)> Asked { get; } = [];

        public ModelCatalog Catalog()
        {
            var catalog = new ModelCatalog();
            foreach (var name in new[] { "nano", "micro", "mini" })
            {
                FakeModel model = null!;
                model = new FakeModel(prompt =>
                {
                    lock (Asked)
                    {
                        var (_, seed, budget, _) = model.Asked.Last(one => one.Prompt == prompt);
                        Asked.Add((name, prompt, seed, budget));
                    }

                    return name == failing ? throw new HttpRequestException("down") : answer(prompt);
                });
                _models.Add(name, model);
                catalog.Add(name, model);
            }

            return catalog;
        }
    }
}
