using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Every recorded call of a case counts alike in what is said of latencies, however many there are.</summary>
public sealed class LatencyDrawsTests
{
    private const double Tolerance = 1e-12;
    private static readonly Setting s_setting = new("m", 0);

    [Fact]
    public void Three_repetitions_count_a_third_each()
    {
        var estimate = Estimate([[1, 1, 10]]);
        Assert.Equal(4, estimate.LatencySeconds, Tolerance);
        Assert.Equal((1, 10, 10), (estimate.LatencyP50Seconds, estimate.LatencyP95Seconds, estimate.LatencyP99Seconds));
    }

    [Fact]
    public void The_mean_is_that_of_the_calls_and_percentiles_are_theirs()
    {
        for (var count = 1; count <= 7; count++)
        {
            for (var cases = 1; cases <= 5; cases++)
            {
                var random = new Random((count * 10) + cases);
                double[][] seconds = [.. Enumerable.Range(0, cases).Select(_ => Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray())];
                var estimate = Estimate(seconds);
                Assert.Equal(seconds.Average(own => own.Average()), estimate.LatencySeconds, Tolerance);

                // All runs are equally likely: the smallest latency that at least half of them do not exceed, and so on.
                double[] all = [.. seconds.SelectMany(own => own).Order()];
                Assert.Equal(all[Math.Max(0, (int)Math.Ceiling(all.Length * 0.5) - 1)], estimate.LatencyP50Seconds!.Value, Tolerance);
                Assert.Equal(all[(int)Math.Ceiling(all.Length * 0.95) - 1], estimate.LatencyP95Seconds!.Value, Tolerance);
                Assert.Equal(all[(int)Math.Ceiling(all.Length * 0.99) - 1], estimate.LatencyP99Seconds!.Value, Tolerance);
            }
        }
    }

    [Fact]
    public void Several_calls_of_a_node_one_after_another_take_so_many_means()
    {
        for (var count = 1; count <= 7; count++)
        {
            for (var calls = 1; calls <= 8; calls++)
            {
                double[] seconds = [.. Enumerable.Range(0, count).Select(one => Math.Pow(2, one))];
                Assert.Equal(calls * seconds.Average(), Estimate([seconds], calls, Schedule.Sequential).LatencySeconds, 1e-9);
            }
        }
    }

    [Fact]
    public void Replicas_side_by_side_take_each_recorded_call_as_often()
    {
        // Of two of three different calls the longest is 1, 10 and 10 s; of three it is always 10.
        Assert.Equal(7, Estimate([[1, 1, 10]], calls: 2).LatencySeconds, Tolerance);
        Assert.Equal(10, Estimate([[1, 1, 10]], calls: 3).LatencySeconds, Tolerance);

        // Of neighbours among four, three pairs of four hold one of the two that take 10 s.
        Assert.Equal((1 + 10 + 10 + 10) / 4.0, Estimate([[1, 1, 10, 10]], calls: 2).LatencySeconds, Tolerance);
    }

    [Fact]
    public void Cases_and_nodes_with_different_numbers_of_calls_go_together()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", From("A")), Agent("C", From("B"))], "C");
        double[] a = [1, 2, 9], b = [1, 5, 6, 8], c = [1, 2, 3, 4, 15];
        var estimate = Estimate(graph, [("A", [a, b]), ("B", [b, c]), ("C", [c, [4]])], Schedule.Parallel);
        Assert.Equal((a.Average() + b.Average() + c.Average() + b.Average() + c.Average() + 4) / 2, estimate.LatencySeconds, Tolerance);
    }

    [Theory]
    [InlineData(600, 3, 6)]
    [InlineData(600, 4, 4)]
    [InlineData(600, 5, 5)]
    [InlineData(600, 7, 7)]
    [InlineData(600, 1, 4)]
    public void There_are_no_more_draws_than_it_takes(int cases, int count, int expected) =>
        Assert.Equal(expected, LatencyDraws.Count([[.. Calls([.. Enumerable.Range(0, cases).Select(_ => new double[count])])]], cases));

    [Fact]
    public void With_many_cases_the_draws_are_those_of_most_calls()
    {
        // Some of seven repetitions failed: six calls are left on every tenth case.
        double[][] seconds = [.. Enumerable.Range(0, 600).Select(one => new double[one % 10 == 0 ? 6 : 7])];
        Assert.Equal(7, LatencyDraws.Count([[.. Calls(seconds)]], 600));
    }

    private static Estimate Estimate(double[][] seconds, int calls = 1, Schedule schedule = Schedule.Parallel) => Estimate(
        new WorkflowGraph("w", [calls == 1 ? Agent("A") : Replicas("A", calls, calls), Tool("Z", FromAny(1, "A"))], "Z"), [("A", seconds)], schedule);

    private static Estimate Estimate(WorkflowGraph graph, (string Node, double[][] Seconds)[] rows, Schedule schedule)
    {
        var recorded = new RecordedOutcomes(graph, rows[0].Seconds.Length, rows.Select(row => (
            graph.IndexOf(row.Node), s_setting, 0.0, (IReadOnlyCollection<RecordedCall>)[.. Calls(row.Seconds)])));
        var structure = new StructureSpace(graph).Largest;
        return new PairedProxy(recorded, schedule).Estimate(new WorkflowConfiguration("c", structure, [.. graph.Nodes.Select(node =>
            node.Kind == NodeKind.SubAgent ? s_setting : (Setting?)null)]));
    }

    private static IEnumerable<RecordedCall> Calls(double[][] seconds) =>
        seconds.SelectMany((own, one) => own.Select(latency => new RecordedCall(one, InputState.Right, 1, latency)));
}
