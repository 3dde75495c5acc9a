#pragma warning disable MEAI001 // RoutingChatClient is for evaluation.

using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Route;

public class PlanChatClientTests
{
    private static readonly WorkflowGraph s_graph = new(
        "chat",
        [new GraphNode("Answer", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])],
        "Answer");

    private static readonly WorkflowGraph s_hinted = new(
        "hinted",
        [
            new GraphNode("Hint", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")]) { IsOptional = true },
            new GraphNode("Answer", NodeKind.SubAgent, "string", [GraphInput.FromUpstream("question", "string", "Hint")]),
        ],
        "Answer");

    private static readonly WorkflowPlan s_plan = Plan(("a@0", 0.5, 1), ("b@16", 0.8, 2), ("c@64", 0.9, 3));

    [Theory]
    [InlineData(0, "a", 0, "c01")]
    [InlineData(1, "c", 64, "c03")]
    public async Task Call_GoesToTheModelAndBudgetOfThePreference(double weight, string model, int budget, string configuration)
    {
        var (client, models) = Client(Preference.Weighted(weight));

        var response = await client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "hello")], new ChatOptions { Temperature = 0.5f });

        Assert.Equal($"{model}: Be brief.hello", response.Text);
        Assert.Equal(configuration, response.AdditionalProperties![PlanChatClient.ConfigurationKey]);
        var asked = Assert.Single(models[model].Asked);
        Assert.Equal((budget, 0.5f), (asked.Budget, asked.Temperature));
        Assert.Same(s_plan, client.GetService(typeof(WorkflowPlan)));
        Assert.IsAssignableFrom<RoutingChatClient>(client);
    }

    [Fact]
    public async Task FailingModels_AreLeftForTheBestWithoutThem_ForEverySubset()
    {
        for (var subset = 0; subset < 8; subset++)
        {
            var failing = new[] { "a", "b", "c" }.Where((_, i) => (subset >> i & 1) == 1).ToHashSet();
            var (client, models) = Client(Preference.MostAccurate, failing);

            if (subset == 7)
            {
                var error = await Assert.ThrowsAsync<WorkflowException>(() => client.GetResponseAsync("hello"));
                Assert.Equal(
                    "Workflow 'chat' failed under every configuration that was left to try. c03: 'Answer' under c@64: down; c02: 'Answer' under b@16: down; c01: 'Answer' under a@0: down",
                    error.Message);
                continue;
            }

            var best = new[] { "c", "b", "a" }.First(model => !failing.Contains(model));
            Assert.Equal($"{best}: hello", (await client.GetResponseAsync("hello")).Text);
            var updates = await client.GetStreamingResponseAsync("hello").ToListAsync();
            Assert.Equal($"{best}: hello", string.Concat(updates.Select(update => update.Text)));
            Assert.All(updates, update => Assert.Equal($"c0{best[0] - 'a' + 1}", update.AdditionalProperties![PlanChatClient.ConfigurationKey]));
            Assert.All(models.Values, model => Assert.Equal(0, model.Running));
        }
    }

    [Fact]
    public async Task AnswerThatBreaksOff_IsAnErrorAndNoSecondAnswer()
    {
        using var spans = new KeptSpans();
        var (client, models) = Client(Preference.MostAccurate);
        models["c"].BreaksOff = true;
        List<string> read = [];

        var error = await Assert.ThrowsAsync<WorkflowException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hello"))
            {
                read.Add(update.Text);
            }
        });

        Assert.Equal(["c: "], read);
        Assert.Equal(
            "Workflow 'chat': 'Answer' under c@64 failed: gone (after a part of the output was handed on, so it was not tried again)", error.Message);
        Assert.Equal("gone", Assert.Single(error.Failures).Exception.Message);
        Assert.Empty(models["b"].Asked);
        Assert.Equal(
            ["chat c System.Net.Http.HttpRequestException", "invoke_agent Answer System.Net.Http.HttpRequestException", "invoke_workflow chat FlowCompile.WorkflowException"],
            spans.Own().Select(span => $"{span.OperationName} {span.GetTagItem("error.type")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ReaderThatLeaves_EndsTheCall()
    {
        var (client, models) = Client(Preference.MostAccurate);
        models["c"].Hangs = true;

        using var spans = new KeptSpans();
        await foreach (var update in client.GetStreamingResponseAsync("hello"))
        {
            Assert.Equal("c: ", update.Text);
            break;
        }

        Assert.Equal(0, models["c"].Running);
        Assert.Equal(3, spans.Own().Count);
        Assert.All(spans.Own(), span => Assert.EndsWith("CanceledException", (string)span.GetTagItem("error.type")!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LimitsAndMasks_HoldForEachCall()
    {
        var (client, _) = Client(Preference.Cheapest with { MinAccuracy = 0.95 });
        await Assert.ThrowsAsync<InfeasiblePreferenceException>(() => client.GetResponseAsync("hello"));

        var (masked, _) = Client(Preference.MostAccurate, options: new RunOptions { DeniedModels = ["c"] });
        Assert.Equal("b: hello", (await masked.GetResponseAsync("hello")).Text);

        var (mistyped, _) = Client(Preference.MostAccurate, options: new RunOptions { DeniedModels = ["C"] });
        await Assert.ThrowsAsync<WorkflowException>(() => mistyped.GetResponseAsync("hello"));
    }

    [Fact]
    public async Task ReloadedPlan_TakesOver_WhereItFits()
    {
        using var log = new KeptLog();
        var models = new NamedModels((model, _, _, _) => Task.FromResult(model));
        using var catalog = models.Catalog("a", "b", "c");
        var source = new GivenPlans();
        var runtime = new WorkflowRuntime { Plans = source, Logger = log.Logger, Retries = 0 };
        using var client = new PlanChatClient(s_hinted, HintedPlan("Answer=a@0"), catalog) { Runtime = runtime };
        await AnswersAsync("a");

        source.Plan = HintedPlan("Answer=b@0");
        await AnswersAsync("b");

        // One that makes more calls than one is refused, once, and the one before stays.
        source.Plan = HintedPlan("Answer=c@0", "Hint=c@0 Answer=c@0");
        await AnswersAsync("b");
        await AnswersAsync("b");
        Assert.Equal(
            "Error: The plan of workflow 'hinted' is not taken over: its configuration 'c02' is more than one call of a model; a chat call is routed by the plan of a workflow of one sub-agent. The plan before it stays in force.",
            Assert.Single(log.Lines));

        source.Plan = HintedPlan("Answer=c@0");
        await AnswersAsync("c");
        source.Plan = null;
        await AnswersAsync("a");
        Assert.Single(log.Lines);

        async Task AnswersAsync(string model)
        {
            Assert.Equal(model, (await client.GetResponseAsync("hello")).Text);
            Assert.Equal(model, string.Concat(await client.GetStreamingResponseAsync("hello").Select(update => update.Text).ToListAsync()));
            Assert.Equal(model, ((WorkflowPlan)client.GetService(typeof(WorkflowPlan))!).Configurations[0].Settings[1]!.Value.First.Model);
        }
    }

    [Fact]
    public async Task PlanOfItsOwnOptions_ThatDoesNotFit_IsAnError()
    {
        using var models = new NamedModels((model, _, _, _) => Task.FromResult(model)).Catalog("a");
        using var client = new PlanChatClient(s_hinted, HintedPlan("Answer=a@0"), models)
        {
            Options = new RunOptions { Plan = HintedPlan("Hint=a@0 Answer=a@0") },
        };

        var error = await Assert.ThrowsAsync<WorkflowException>(() => client.GetResponseAsync("hello"));

        Assert.StartsWith("Workflow 'hinted': the plan given for a chat call does not fit: its configuration 'c01' is more than one call", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamedCall_IsHedged()
    {
        using var time = new ManualTime();
        var model = new WritingModel(isByCall: true);
        using var models = new ModelCatalog().Add("a", model);
        using var client = new PlanChatClient(s_graph, Plan(("a@0", 0.5, 1)), models)
        {
            Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, Hedging = HedgePolicy.After(TimeSpan.FromSeconds(1)) },
        };
        var reading = Task.Run(async () => await client.GetStreamingResponseAsync("hello").ToListAsync());
        await time.TimerSetAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => model.Asked.Count == 2, TimeSpan.FromSeconds(60)));

        model.Write("hello1", "seven").End("hello1");

        Assert.Equal("seven", Assert.Single(await reading).Text);
        Assert.Equal(0, model.Running);
    }

    [Fact]
    public void PlanOfMoreThanOneCall_IsRefused()
    {
        using var models = new ModelCatalog();
        var plan = Run.Plans.Of("DetailedSolver=a@0", "Programmer=a@0 RefineSolver=a@0");

        var error = Assert.Throws<ArgumentException>(() => new PlanChatClient(Run.Golden.Planned.MathWorkflow.Graph, plan, models));
        Assert.Contains("a chat call is routed by the plan of a workflow of one sub-agent", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PlanChatClient(s_graph, plan, models));
    }

    private static (PlanChatClient Client, Dictionary<string, StreamingFake> Models) Client(
        Preference preference, HashSet<string>? failing = null, RunOptions? options = null)
    {
        var models = new[] { "a", "b", "c" }.ToDictionary(name => name, name => new StreamingFake(name, failing?.Contains(name) ?? false));
        var catalog = models.Aggregate(new ModelCatalog(), (all, one) => all.Add(one.Key, one.Value));
        return (new PlanChatClient(s_graph, s_plan, catalog) { Preference = preference, Options = options, Runtime = new WorkflowRuntime { Retries = 0 } }, models);
    }

    private static WorkflowPlan Plan(params (string Setting, double Accuracy, double Latency)[] configurations) => new(
        "chat",
        s_graph.Hash,
        "independent",
        "parallel",
        [.. configurations.Select((one, i) => new WorkflowConfiguration(
            $"c{i + 1:00}",
            WorkflowStructure.Create(s_graph, [1]),
            [Setting.Parse(one.Setting)],
            new Estimate { Accuracy = one.Accuracy, LatencySeconds = one.Latency }))],
        provenance: null);

    /// <summary>A plan of configurations as text, <c>Hint=a@0 Answer=b@16</c>.</summary>
    private static WorkflowPlan HintedPlan(params string[] configurations) => new(
        "hinted",
        s_hinted.Hash,
        "independent",
        "parallel",
        [.. configurations.Select((text, i) =>
        {
            var settings = text.Split(' ').Select(part => part.Split('=')).ToDictionary(part => part[0], part => Setting.Parse(part[1]));
            return new WorkflowConfiguration(
                $"c{i + 1:00}",
                WorkflowStructure.Create(s_hinted, [settings.Count - 1, 1]),
                [.. s_hinted.Nodes.Select(node => settings.TryGetValue(node.Name, out var setting) ? setting : (Setting?)null)],
                new Estimate { Accuracy = 0.5, LatencySeconds = 1 + i });
        })],
        provenance: null);

    private sealed class GivenPlans : IPlanSource
    {
        public WorkflowPlan? Plan { get; set; }

        public WorkflowPlan? Find(WorkflowGraph graph) => Plan;
    }
}
