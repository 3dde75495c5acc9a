using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What right runs take, against adding up recorded calls case by case.</summary>
public sealed class RightLatencyTests
{
    private static readonly Setting s_setting = new("m", 0);

    [Fact]
    public void Cases_that_are_slow_and_wrong_take_no_time_from_the_right_ones()
    {
        // Three quick cases are right and one slow one is wrong: who is right is right within 2 s.
        var calls = new[] { (1.0, 1.0), (1, 1), (1, 2), (0, 60) }.Select((one, i) => new RecordedCall(i, InputState.Right, one.Item1, one.Item2)).ToList();
        var graph = new WorkflowGraph("w", [Agent("A")], "A");
        var estimate = Estimate(graph, new() { ["A"] = calls });
        Assert.Equal(0.75, estimate.Accuracy, 1e-12);
        Assert.Equal((0.0, 0.75, 0.75), (At(0.99), At(2), At(99)), Near);
        Assert.InRange(At(1), 0.5 - (0.75 / 40), 0.5);
        Assert.Equal((1.0, 2.0, 41), (estimate.RightLatency!.Seconds[0], estimate.RightLatency.Seconds[^1], estimate.RightLatency.Seconds.Count));

        double At(double seconds) => estimate.RightWithin(TimeSpan.FromSeconds(seconds))!.Value;

        static bool Near((double, double, double) one, (double, double, double) other) =>
            Math.Abs(one.Item1 - other.Item1) + Math.Abs(one.Item2 - other.Item2) + Math.Abs(one.Item3 - other.Item3) < 1e-9;
    }

    [Fact]
    public void Where_nothing_is_right_the_probability_is_0_at_all_times()
    {
        var calls = Enumerable.Range(0, 3).Select(i => new RecordedCall(i, InputState.Right, 0, 1 + i)).ToList();
        var estimate = Estimate(new WorkflowGraph("w", [Agent("A")], "A"), new() { ["A"] = calls });
        Assert.Equal(0, estimate.RightWithin(TimeSpan.FromSeconds(99)));
    }

    [Fact]
    public void Probability_of_being_right_in_time_is_that_of_the_recorded_calls_to_within_a_fortieth_of_the_accuracy()
    {
        // A chain, its sub-agents called once on each case: a run takes the sum, and is right as often as B is after a right or a wrong A.
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", Problem, From("A"))], "B");
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var cases = random.Next(1, 60);
            var hard = Enumerable.Range(0, cases).Select(_ => random.NextDouble()).ToList();
            var (first, second) = (new List<RecordedCall>(), new List<RecordedCall>());
            for (var c = 0; c < cases; c++)
            {
                first.Add(new RecordedCall(c, InputState.Right, random.Next(0, 3) / 2.0, (hard[c] * 5) + random.NextDouble()));
                var latency = (hard[c] * 3) + random.NextDouble();
                second.Add(new RecordedCall(c, InputState.Right, random.NextDouble() < hard[c] ? 0 : 1, latency));
                second.Add(new RecordedCall(c, InputState.Wrong, random.Next(0, 2), latency));
            }

            var estimate = Estimate(graph, new() { ["A"] = first, ["B"] = second }, cases);
            double[] right = [.. Enumerable.Range(0, cases).Select(c =>
                (first[c].Score * second[2 * c].Score) + ((1 - first[c].Score) * second[(2 * c) + 1].Score))];
            double[] seconds = [.. Enumerable.Range(0, cases).Select(c => first[c].Latency + second[2 * c].Latency)];
            Assert.Equal(right.Average(), estimate.Accuracy, 1e-9);
            foreach (var at in seconds.Concat(seconds.Select(one => one + 0.01)).Append(0).Append(99))
            {
                var exact = right.Where((_, c) => seconds[c] <= at + 1e-9).Sum() / cases;
                Assert.InRange(estimate.RightWithin(TimeSpan.FromSeconds(at + 2e-7))!.Value - exact, (-estimate.Accuracy / 40) - 1e-6, (estimate.Accuracy / 40) + 1e-6);
            }
        }
    }

    private static Estimate Estimate(WorkflowGraph graph, Dictionary<string, List<RecordedCall>> calls, int? cases = null)
    {
        var recorded = new RecordedOutcomes(
            graph, cases ?? calls.Values.First().Count, calls.Select(pair => (graph.IndexOf(pair.Key), s_setting, 1.0, (IReadOnlyCollection<RecordedCall>)pair.Value)));
        var structure = new StructureSpace(graph).Largest;
        return new PairedProxy(recorded, Schedule.Parallel).Estimate(new WorkflowConfiguration("c", structure, [.. graph.Nodes.Select(_ => (Setting?)s_setting)]));
    }
}
