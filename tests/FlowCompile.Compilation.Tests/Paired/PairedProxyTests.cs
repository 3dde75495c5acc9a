using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What the paired proxy keeps that means throw away, in small workflows by hand.</summary>
public sealed class PairedProxyTests
{
    private const double Tolerance = 1e-12;
    private static readonly Setting s_setting = new("m", 0);

    [Fact]
    public void Candidates_that_fail_on_the_same_cases_are_no_better_together()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B"), Tool("Z", FromAny(1, "A", "B"))], "Z");
        Assert.Equal(0.5, Accuracy(graph, Calls(("A", [1, 0]), ("B", [1, 0]))), Tolerance);
        Assert.Equal(1, Accuracy(graph, Calls(("A", [1, 0]), ("B", [0, 1]))), Tolerance);
    }

    [Fact]
    public void A_sub_agent_can_be_right_after_a_wrong_input_and_wrong_after_a_right_one()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", Problem, From("A"))], "B");
        var calls = Calls(("A", [1, 1, 0, 0])).Concat(Given("B", InputState.Right, [1, 0, 0, 0])).Concat(Given("B", InputState.Wrong, [0, 0, 1, 1]));
        Assert.Equal(0.75, Accuracy(graph, calls, cases: 4), Tolerance);
    }

    [Fact]
    public void Replicas_are_right_together_as_often_as_repetitions_were()
    {
        // Of four repetitions two are right: two different ones hold a right one in 5 of 6 draws, where independent ones would in 3 of 4.
        var graph = new WorkflowGraph("w", [Replicas("A", 2, 2), Tool("Z", FromAny(1, "A"))], "Z");
        var calls = new[] { 1.0, 1, 0, 0 }.Select(score => ("A", new RecordedCall(0, InputState.Right, score, 1)));
        Assert.Equal(5 / 6.0, Accuracy(graph, calls, cases: 1), Tolerance);
    }

    [Fact]
    public void Replicas_of_a_greedy_sub_agent_are_one_answer()
    {
        var greedy = new GraphNode("A", NodeKind.SubAgent, "string", [Problem]) { MinReplicas = 3, MaxReplicas = 3, Temperature = 0 };
        var graph = new WorkflowGraph("w", [greedy, Tool("Z", FromAny(1, "A"))], "Z");
        Assert.Equal(0.25, Accuracy(graph, [("A", new RecordedCall(0, InputState.Right, 0.25, 1))], cases: 1), Tolerance);
    }

    [Fact]
    public void A_selector_chooses_by_how_many_candidates_are_right_and_can_solve_by_itself()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B"), Agent("S", Problem, FromAny(2, "A", "B"))], "S");
        var calls = Calls(("A", [1, 1, 0]), ("B", [1, 0, 0]))
            .Concat(Given("S", new InputState(true, 2, 2), [1, 1, 1])).Concat(Given("S", new InputState(true, 1, 2), [1, 0.5, 1]))
            .Concat(Given("S", new InputState(false, 0, 2), [0, 0, 0.25]));
        Assert.Equal((1 + 0.5 + 0.25) / 3, Accuracy(graph, calls, cases: 3), Tolerance);
    }

    [Fact]
    public void A_branch_is_taken_on_the_cases_where_the_router_took_it()
    {
        var graph = new WorkflowGraph("w", [Agent("R"), When("E", "R", "easy"), Otherwise("H", "R"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var router = new[] { "\"easy\"", "\"hard\"" }.Select((output, one) => ("R", new RecordedCall(one, InputState.Right, 1, 1, output)));
        Assert.Equal(1, Accuracy(graph, router.Concat(Calls(("E", [1, 0]), ("H", [0, 1]))), cases: 2), Tolerance);
    }

    [Fact]
    public void A_wrong_way_is_as_right_as_its_branch_is_on_the_case_and_under_independence_never()
    {
        // The router is right half the time, and the branches always are.
        var graph = new WorkflowGraph("w", [Agent("R"), When("E", "R", "easy"), Otherwise("H", "R"), Tool("Z", FromAny(1, "E", "H"))], "Z");
        var router = new[] { ("\"easy\"", 1.0), ("\"hard\"", 0.0) }.Select((call, one) => ("R", new RecordedCall(one, InputState.Right, call.Item2, 1, call.Item1)));
        Assert.Equal(1, Accuracy(graph, router.Concat(Calls(("E", [1, 1]), ("H", [1, 1]))), cases: 2), Tolerance);
        Assert.Equal(0.5, Configurations.Estimate(graph.Profile(("R", 0.5, 1), ("E", 1, 1), ("H", 1, 1))).Accuracy, Tolerance);

        // The branch that the wrong way leads to is wrong on that case.
        Assert.Equal(0.5, Accuracy(graph, router.Concat(Calls(("E", [1, 1]), ("H", [1, 0]))), cases: 2), Tolerance);
    }

    [Fact]
    public void What_a_case_has_no_record_of_is_the_rate_over_the_others()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", Problem, From("A"))], "B");
        var calls = Calls(("A", [1, 1, 1])).Append(("B", new RecordedCall(0, InputState.Right, 1, 1))).Append(("B", new RecordedCall(1, InputState.Right, 0, 1)));
        Assert.Equal((1 + 0 + 0.5) / 3, Accuracy(graph, calls, cases: 3), Tolerance);
        var (proxy, configuration) = Create(graph, calls, 3, Schedule.Parallel);
        Assert.Equal(1 / 6.0, proxy.BorrowedShare(configuration), Tolerance);
    }

    [Fact]
    public void What_is_borrowed_is_no_surer_than_the_few_cases_that_lend_it()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", Problem, From("A"))], "B");
        var calls = Calls(("A", [.. Enumerable.Repeat(1.0, 100)]), ("B", [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]));
        var (proxy, configuration) = Create(graph, calls, 100, Schedule.Parallel);
        var estimate = proxy.Estimate(configuration);
        Assert.Equal(0.5, estimate.Accuracy, Tolerance);

        // Ten cases lend to ninety: each counts ten times. The interval is that of ten tosses of a coin, 1.645 times .158 on either side.
        var influence = proxy.InfluenceByCase(configuration.Structure, configuration.Settings).Accuracy;
        Assert.All(influence[..100].Index(), one => Assert.Equal(one.Index >= 10 ? 0.5 : one.Index % 2 == 0 ? 5.5 : -4.5, one.Item, Tolerance));
        Assert.InRange(estimate.AccuracyInterval!.Value.High - estimate.AccuracyInterval.Value.Low, 0.44, 0.6);
    }

    [Theory]
    [InlineData(Schedule.Sequential, 1 + 2 + 4 + 8 + 16)]
    [InlineData(Schedule.Parallel, 8 + 16)]
    [InlineData(Schedule.Superstep, 8 + 4 + 16)]
    public void A_schedule_says_how_latencies_come_together(Schedule schedule, double expected)
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B"), Agent("C", From("A")), Agent("D"), Agent("S", FromAny(1, "B", "C", "D"))], "S");
        (string Node, double Latency)[] latencies = [("A", 1), ("B", 2), ("C", 4), ("D", 8), ("S", 16)];
        var calls = latencies.Select(one => (one.Node, new RecordedCall(0, InputState.Right, 1, one.Latency)));
        var (proxy, configuration) = Create(graph, calls, 1, schedule);
        Assert.Equal(expected, proxy.Estimate(configuration).LatencySeconds, Tolerance);
        Assert.Equal(expected, Configurations.Estimate(graph.Profile([.. latencies.Select(one => (one.Node, 1.0, one.Latency))]), schedule).LatencySeconds, Tolerance);
    }

    [Fact]
    public void Quantiles_are_of_runs_and_not_of_means()
    {
        var graph = new WorkflowGraph("w", [Agent("A")], "A");
        var calls = Enumerable.Range(0, 100).Select(one => ("A", new RecordedCall(one, InputState.Right, 1, one + 1)));
        var (proxy, configuration) = Create(graph, calls, 100, Schedule.Parallel);
        var estimate = proxy.Estimate(configuration);
        Assert.Equal((50.5, 50, 95, 99), (estimate.LatencySeconds, estimate.LatencyP50Seconds, estimate.LatencyP95Seconds, estimate.LatencyP99Seconds));
        Assert.Equal(1, estimate.AccuracyInterval!.Value.High);
        Assert.Equal(Math.Pow(0.05, 0.01), estimate.AccuracyInterval.Value.Low, Tolerance);
    }

    private static double Accuracy(WorkflowGraph graph, IEnumerable<(string Node, RecordedCall Call)> calls, int cases = 2)
    {
        var (proxy, configuration) = Create(graph, calls, cases, Schedule.Parallel);
        return proxy.Estimate(configuration).Accuracy;
    }

    private static (PairedProxy Proxy, WorkflowConfiguration Configuration) Create(
        WorkflowGraph graph, IEnumerable<(string Node, RecordedCall Call)> calls, int cases, Schedule schedule)
    {
        var recorded = new RecordedOutcomes(graph, cases, calls.GroupBy(one => one.Node).Select(group => (
            graph.IndexOf(group.Key), s_setting, 0.0, (IReadOnlyCollection<RecordedCall>)[.. group.Select(one => one.Call)])));
        var structure = new StructureSpace(graph).Largest;
        return (new PairedProxy(recorded, schedule), new WorkflowConfiguration("c", structure, [.. graph.Nodes.Select((node, i) =>
            structure.IsActive(i) && node.Kind == NodeKind.SubAgent ? s_setting : (Setting?)null)]));
    }

    private static IEnumerable<(string, RecordedCall)> Calls(params (string Node, double[] Scores)[] rows) => rows.SelectMany(row => Given(row.Node, InputState.Right, row.Scores));

    private static IEnumerable<(string, RecordedCall)> Given(string node, InputState state, double[] scores) =>
        scores.Select((score, one) => (node, new RecordedCall(one, state, score, 1)));
}
