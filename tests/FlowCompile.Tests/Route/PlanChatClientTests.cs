#pragma warning disable MEAI001 // RoutingChatClient is for evaluation.

using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Route;

public class PlanChatClientTests
{
    private static readonly WorkflowGraph s_graph = new(
        "chat",
        [new GraphNode("Answer", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])],
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
            Assert.Equal($"{best}: hello", string.Concat(await client.GetStreamingResponseAsync("hello").Select(update => update.Text).ToListAsync()));
            Assert.All(models.Values, model => Assert.Equal(0, model.Running));
        }
    }

    [Fact]
    public async Task AnswerThatBreaksOff_IsAnErrorAndNoSecondAnswer()
    {
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
        Assert.Equal("Workflow 'chat': the answer of c03 broke off: gone", error.Message);
        Assert.Empty(models["b"].Asked);
    }

    [Fact]
    public async Task ReaderThatLeaves_EndsTheCall()
    {
        var (client, models) = Client(Preference.MostAccurate);
        models["c"].Hangs = true;

        await foreach (var update in client.GetStreamingResponseAsync("hello"))
        {
            Assert.Equal("c: ", update.Text);
            break;
        }

        Assert.Equal(0, models["c"].Running);
    }

    [Fact]
    public async Task LimitsAndMasks_HoldForEachCall()
    {
        var (client, _) = Client(Preference.Cheapest with { MinAccuracy = 0.95 });
        await Assert.ThrowsAsync<InfeasiblePreferenceException>(() => client.GetResponseAsync("hello"));

        var (masked, _) = Client(Preference.MostAccurate, options: new RunOptions { DeniedModels = ["c"] });
        Assert.Equal("b: hello", (await masked.GetResponseAsync("hello")).Text);
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
}
