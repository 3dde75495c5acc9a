using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>The law of repeated calls on the same inputs, of replicas and repair attempts alike.</summary>
public sealed class RepeatedCallsTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(1, 1 / 3.0)]
    [InlineData(2, 2 / 3.0)]
    [InlineData(3, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(64, 1.0)]
    public void One_right_call_in_three_mends_more_with_every_attempt_and_never_less(int attempts, double expected)
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Test("T", "A"), Repairer("F", "T", "A", attempts, attempts)], "F");
        Assert.Equal(expected, Accuracy(graph, [("A", true, [0]), ("F", false, [1, 0, 0])]), Tolerance);
        var replicas = new WorkflowGraph("w", [Replicas("A", attempts, attempts), Tool("Z", FromAny(1, "A"))], "Z");
        Assert.Equal(expected, Accuracy(replicas, [("A", true, [1, 0, 0])]), Tolerance);
    }

    [Fact]
    public void Calls_beyond_the_recorded_ones_are_predicted_from_the_case_and_from_the_others()
    {
        // The mean is 1/2. Two calls of a case are both right with 1/3, two of different cases with 1/6: alike by (1/3 - 1/6) / (1/2 - 1/6) = 1/2,
        // which one supposed call stands for, half right. After two wrong ones the third is right with (1/2) / 3, a fourth with (1/2) / 4.
        var law = new RepeatedCalls([[1, 0], [1, 1], [0, 0]]);
        Close([1, 0, 0], law.Right([0, 0], 2));
        Close([5 / 6.0, 1 / 6.0, 0, 0], law.Right([0, 0], 3));
        Close([5 / 6.0 * 7 / 8, 0, 0, 1 / 6.0, 5 / 6.0 / 8], law.FirstRight([0, 0], 4));

        // After a right and a wrong one (1/2 + 1) / 3; a fourth then with (1/2 + 2) / 4, or (1/2 + 1) / 4.
        Close([0, 1 / 2.0, 1 / 2.0, 0], law.Right([0, 1], 3));
        Close([0, 1 / 2.0 * 5 / 8, (1 / 2.0 * 3 / 8) + (1 / 2.0 * 3 / 8), 1 / 2.0 * 5 / 8, 0], law.Right([0, 1], 4));

        // Of a case with one call, because the others failed, the second is right with (1/2 + 1) / 2.
        Close([0, 1 / 4.0, 3 / 4.0], law.Right([1], 2));
    }

    [Fact]
    public void Where_nothing_tells_how_alike_calls_on_one_case_are_the_recorded_ones_are_made_anew()
    {
        Close([0, 0, 0, 1], new RepeatedCalls([[1], [0]]).Right([1], 3));
        Close([1, 0, 0, 0], new RepeatedCalls([[1], [0]]).Right([0], 3));
        Close([1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0], new RepeatedCalls([[0.5]]).Right([0.5], 3));
        Close([0, 2 / 3.0 * 2 / 3, 2 * 2 / 3.0 / 3, 1 / 3.0 / 3, 0, 0], new RepeatedCalls([[1, 0, 0]]).Right([1, 0, 0], 5));
        Close([0, 0, 0, 0, 1], new RepeatedCalls([[1, 1], [1, 1]]).Right([1, 1], 4));
        Close([1, 0, 0, 0, 0], new RepeatedCalls([[0, 0], [0, 0]]).FirstRight([0, 0], 4));
    }

    [Fact]
    public void Cases_that_differ_no_more_than_coins_do_toss_the_same_coin()
    {
        // Both right as often on one case, 1/4, as on two: calls on one case have nothing in common, and the next is right as on all cases.
        List<double[]> cases = [.. Enumerable.Repeat<double[][]>([[1, 1], [1, 0], [0, 1], [0, 0]], 1000).SelectMany(four => four)];
        Assert.Equal(0.5, new RepeatedCalls(cases).Right([0, 0], 3)[1], 3e-4);
    }

    [Fact]
    public void Over_cases_whose_probabilities_are_spread_evenly_every_number_of_right_calls_is_as_probable()
    {
        // Of three calls then 0, 1, 2 and 3 are right as often as each other (Bayes, 1763), and so with any number of calls.
        List<double[]> cases = [.. Enumerable.Repeat<double[][]>([[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]], 500).SelectMany(four => four)];
        var law = new RepeatedCalls(cases);
        foreach (var calls in new[] { 1, 2, 3, 4, 7, 20 })
        {
            var over = Enumerable.Range(0, calls + 1).Select(right => cases.Take(4).Average(scores => law.Right(scores, calls)[right])).ToArray();
            Assert.All(over, probability => Assert.Equal(1.0 / (calls + 1), probability, 1e-3));
        }
    }

    [Fact]
    public void Law_of_random_calls_is_a_law_and_grows_with_calls()
    {
        var random = new Random(12);
        for (var world = 0; world < 300; world++)
        {
            List<double[]> cases = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => RandomScores(random))];
            var law = new RepeatedCalls(cases);
            foreach (var scores in cases)
            {
                var none = 1.0;
                for (var calls = 1; calls <= 9; calls++)
                {
                    var (right, first) = (law.Right(scores, calls), law.FirstRight(scores, calls));
                    Assert.All(right.Concat(first), probability => Assert.InRange(probability, 0, 1 + Tolerance));
                    Assert.Equal(1, right.Sum(), Tolerance);
                    Assert.Equal(1, first.Sum(), Tolerance);

                    // One law for both, which a further call only adds to.
                    Assert.Equal(right[0], first[0], Tolerance);
                    Assert.InRange(right[0], 0, none + Tolerance);
                    Close(law.FirstRight(scores, calls + 1)[1..^1], first[1..]);
                    none = right[0];
                    if (calls <= scores.Length)
                    {
                        Close(Choices(scores, calls), right);
                    }
                }

                Assert.Equal(scores.Average(), law.Right(scores, 1)[1], Tolerance);
            }
        }
    }

    [Fact]
    public void Over_cases_with_as_many_calls_each_a_further_call_is_right_as_often_as_the_recorded_ones()
    {
        var random = new Random(7);
        for (var world = 0; world < 100; world++)
        {
            List<double[]> cases = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 3).Select(_ => random.Next(3) / 2.0).ToArray())];
            var law = new RepeatedCalls(cases);
            for (var calls = 1; calls <= 8; calls++)
            {
                Assert.Equal(calls * cases.Average(scores => scores.Average()), cases.Average(scores => law.Right(scores, calls).Index().Sum(one => one.Index * one.Item)), Tolerance);
            }
        }
    }

    [Fact]
    public void Groups_of_calls_under_different_settings_are_independent_on_a_case()
    {
        // Replicas: a call right with .5 and two of which one is right. Attempts: the first with .5, then of the two the first or the second.
        Close([0, 0.5, 0.5, 0], RepeatedCalls.Right([[0.5, 0.5], [0, 1, 0]]));
        Close([0, 0.5, 0.25, 0.25], RepeatedCalls.FirstRight([[0.5, 0.5], [0, 0.5, 0.5]]));
        Close([0.25, 0.5, 0.25], RepeatedCalls.FirstRight([[0.5, 0.5], [0.5, 0.5]]));
        Close([1], RepeatedCalls.Right([]));
    }

    // Every choice of so many of the calls, and every outcome of them.
    private static double[] Choices(double[] scores, int count)
    {
        var distribution = new double[count + 1];
        var choices = Enumerable.Range(0, 1 << scores.Length).Where(choice => int.PopCount(choice) == count).ToList();
        foreach (var choice in choices)
        {
            for (var outcome = choice; ; outcome = (outcome - 1) & choice)
            {
                distribution[int.PopCount(outcome)] += Enumerable.Range(0, scores.Length).Where(i => (choice >> i & 1) == 1)
                    .Aggregate(1.0 / choices.Count, (product, i) => product * ((outcome >> i & 1) == 1 ? scores[i] : 1 - scores[i]));
                if (outcome == 0)
                {
                    break;
                }
            }
        }

        return distribution;
    }

    private static double[] RandomScores(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(3) == 0 ? random.NextDouble() : random.Next(2))];

    private static double Accuracy(WorkflowGraph graph, IReadOnlyList<(string Node, bool InputsRight, double[] Scores)> calls)
    {
        var setting = new Setting("m", 0);
        var recorded = new RecordedOutcomes(graph, 1, calls.Select(one => (graph.IndexOf(one.Node), setting, 0.0, (IReadOnlyCollection<RecordedCall>)
            [.. one.Scores.Select(score => new RecordedCall(0, one.InputsRight ? InputState.Right : InputState.Wrong, score, 1))])));
        var structure = new StructureSpace(graph).Largest;
        return new PairedProxy(recorded, Schedule.Parallel).Estimate(new WorkflowConfiguration("c", structure, [.. graph.Nodes.Select(node =>
            node.Kind == NodeKind.SubAgent ? setting : (Setting?)null)])).Accuracy;
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
