using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What improving a sub-agent changes, against what can be worked out by hand and what a second profile gives.</summary>
public sealed class SensitivityTests
{
    private const double Tolerance = 1e-9;
    private const int Cases = 9;
    private static readonly Setting s_setting = new("m", 0);

    [Fact]
    public void In_a_chain_a_point_is_worth_what_the_others_let_through_and_every_second_counts()
    {
        var all = Of(new WorkflowGraph("chain", [Agent("A"), Agent("B", From("A"))], "B").Profile(("A", 0.8, 2), ("B", 0.5, 1)));
        Assert.Equal([("A", s_setting, 1, 0.8, 2.0), ("B", s_setting, 1, 0.5, 1.0)], all.Select(one => (one.SubAgent, one.Setting, one.Calls, one.Accuracy, one.LatencySeconds)));
        AssertEqual([0.005, 0.008], all.Select(one => one.AccuracyPerPoint));
        AssertEqual([1, 1], all.Select(one => one.LatencyPerSecond));
    }

    [Theory]
    [InlineData(Schedule.Parallel, 1, 0)]
    [InlineData(Schedule.Sequential, 1, 1)]
    public void Of_two_side_by_side_only_the_slower_is_waited_for(Schedule schedule, double slow, double fast)
    {
        var graph = new WorkflowGraph("any", [Agent("A"), Agent("B"), Agent("S", Problem, FromAny(2, "A", "B"))], "S");
        var all = Of(graph.Profile(("A", 0.5, 2), ("B", 0.5, 1), ("S", 1, 1)), schedule);
        AssertEqual([slow, fast, 1], all.Select(one => one.LatencyPerSecond));
        AssertEqual([0.005, 0.005, 0], all.Select(one => one.AccuracyPerPoint));
    }

    [Fact]
    public void Replicas_all_get_better_together()
    {
        var graph = new WorkflowGraph("replicas", [Replicas("G", 2, 2), Agent("S", Problem, FromAny(2, "G"))], "S");
        var all = Of(graph.Profile(("G", 0.5, 1), ("S", 0.8, 1)), Schedule.Sequential);
        Assert.Equal(0.8 * (0.75 - (1 - (0.49 * 0.49))), -all[0].AccuracyPerPoint, Tolerance);
        AssertEqual([2, 1], all.Select(one => one.LatencyPerSecond));
        Assert.Equal(2, all[0].Calls);
    }

    [Theory]
    [InlineData(0.995, 0.01)]
    [InlineData(1, 0)]
    public void Near_perfection_a_point_is_extrapolated_and_at_it_there_is_none_to_gain(double accuracy, double expected) =>
        AssertEqual([expected], Of(new WorkflowGraph("one", [Agent("A")], "A").Profile(("A", accuracy, 1))).Select(one => one.AccuracyPerPoint));

    [Fact]
    public void Without_time_there_is_none_to_save() =>
        AssertEqual([0], Of(new WorkflowGraph("one", [Agent("A")], "A").Profile(("A", 0.5, 0))).Select(one => one.LatencyPerSecond));

    [Fact]
    public void Under_the_paired_proxy_a_point_is_a_point_of_the_cases()
    {
        var graph = new WorkflowGraph("one", [Agent("A")], "A");
        RecordedCall[] calls = [.. Enumerable.Range(0, 10).Select(c => new RecordedCall(c, InputState.Right, c < 6 ? 1 : 0, 1 + c))];
        var profile = Profile(graph, 10, (0, calls));
        var one = Assert.Single(new SensitivityAnalysis(profile, new CompileOptions()).Of(Configurations.Uniform(profile, new StructureSpace(graph).Largest)));
        Assert.Equal(0.6, one.Accuracy, Tolerance);
        Assert.Equal(0.01, one.AccuracyPerPoint, Tolerance);
        Assert.Equal(1, one.LatencyPerSecond, Tolerance);
    }

    [Fact]
    public void Under_the_paired_proxy_a_point_counts_on_right_inputs_only()
    {
        // B is always wrong after a wrong A, so that a better B pays on the half of the cases that A gets right.
        var graph = new WorkflowGraph("chain", [Agent("A"), Agent("B", From("A"))], "B");
        RecordedCall[] first = [.. Enumerable.Range(0, 10).Select(c => new RecordedCall(c, InputState.Right, c < 5 ? 1 : 0, 1))];
        RecordedCall[] second = [.. Enumerable.Range(0, 10).Select(c => new RecordedCall(c, c < 5 ? InputState.Right : InputState.Wrong, c < 4 ? 1 : 0, 2))];
        var profile = Profile(graph, 10, (0, first), (1, second));
        var all = new SensitivityAnalysis(profile, new CompileOptions()).Of(Configurations.Uniform(profile, new StructureSpace(graph).Largest));
        Assert.Equal(0.8, all[1].Accuracy, Tolerance);
        Assert.Equal(0.01 * 0.5, all[1].AccuracyPerPoint, Tolerance);
    }

    [Fact]
    public void On_random_workflows_it_is_the_difference_to_a_profile_with_better_calls()
    {
        var compared = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (shape, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
            if (new StructureSpace(shape.Graph).Enumerate().LastOrDefault(structure => structure.ToText(shape.Graph).Length > 0) is not { } structure)
            {
                continue;
            }

            var rows = CompleteCalls(shape.Graph, seed);
            var profile = Profile(shape.Graph, Cases, rows);
            var options = new CompileOptions { Schedule = (Schedule)(seed % 3), Branches = branches };
            var configuration = Configurations.Uniform(profile, structure);
            var before = new PairedProxy(profile.Recorded!, options.Schedule, branches).Estimate(configuration);
            foreach (var one in new SensitivityAnalysis(profile, options).Of(configuration))
            {
                var node = shape.Graph.IndexOf(one.SubAgent);
                var faster = Changed(call => call with { Latency = Math.Max(0, call.Latency - (0.01 * one.LatencySeconds)) });
                var saved = before.LatencySeconds - new PairedProxy(faster, options.Schedule, branches).Estimate(configuration).LatencySeconds;
                Assert.Equal(saved / (0.01 * one.LatencySeconds), one.LatencyPerSecond, 1e-6);
                if (one.Accuracy < 0.99)
                {
                    var right = shape.Graph.Nodes[node].Repair is null;
                    var better = Changed(call => call.State.AllRight == right ? call with { Score = call.Score + ((1 - call.Score) * 0.01 / (1 - one.Accuracy)) } : call);
                    Assert.Equal(new PairedProxy(better, options.Schedule, branches).Estimate(configuration).Accuracy - before.Accuracy, one.AccuracyPerPoint, 1e-9);
                }

                compared++;

                RecordedOutcomes Changed(Func<RecordedCall, RecordedCall> change) =>
                    Record(shape.Graph, Cases, [.. rows.Select(row => row.Node == node ? (row.Node, [.. row.Calls.Select(change)]) : row)]);
            }
        }

        Assert.True(compared > 60, $"only {compared} sub-agents were compared");
    }

    // On every case a call with every kind of inputs, so that nothing is borrowed from other cases.
    private static (int Node, RecordedCall[] Calls)[] CompleteCalls(WorkflowGraph graph, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].Kind == NodeKind.SubAgent).Select(node => (node, (RecordedCall[])
            [
                .. from one in Enumerable.Range(0, Cases)
                   from state in StatesOf(graph.Nodes[node])
                   select new RecordedCall(one, state, random.Next(3) / 2.0, random.Next(1, 9) / 4.0, random.Next(2) == 0 ? "\"easy\"" : "\"hard\""),
            ])),
        ];
    }

    private static IEnumerable<InputState> StatesOf(GraphNode node) => node.Candidates is null ? [InputState.Right, InputState.Wrong]
        : from candidates in Enumerable.Range(1, 6)
          from right in Enumerable.Range(0, candidates + 1)
          from all in right > 0 ? new[] { true, false } : [false]
          select new InputState(all, right, candidates);

    private static RecordedOutcomes Record(WorkflowGraph graph, int cases, (int Node, RecordedCall[] Calls)[] rows) =>
        new(graph, cases, rows.Select(row => (row.Node, s_setting, 0.0, (IReadOnlyCollection<RecordedCall>)row.Calls)));

    private static ProfileTable Profile(WorkflowGraph graph, int cases, params (int Node, RecordedCall[] Calls)[] rows) => new(graph, rows.ToDictionary(
        row => graph.Nodes[row.Node].Name,
        row => (IReadOnlyList<SettingProfile>)[new SettingProfile(
            s_setting, row.Calls.Where(call => call.State.AllRight == (graph.Nodes[row.Node].Repair is null)).Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, row.Calls.Length)]))
    {
        Recorded = Record(graph, cases, rows),
    };

    private static IReadOnlyList<SubAgentSensitivity> Of(ProfileTable profile, Schedule schedule = Schedule.Parallel) =>
        new SensitivityAnalysis(profile, new CompileOptions { Schedule = schedule }).Of(Configurations.Uniform(profile, new StructureSpace(profile.Graph).Largest));

    private static void AssertEqual(double[] expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
}
