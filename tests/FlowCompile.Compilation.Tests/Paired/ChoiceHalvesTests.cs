namespace FlowCompile.Compilation.Tests;

/// <summary>What choosing on one half of the cases gains against the other half, worked out by hand.</summary>
public sealed class ChoiceHalvesTests
{
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;

    [Fact]
    public void Of_two_that_are_right_on_one_case_each_the_half_chooses_the_one_that_is_right_there()
    {
        // Each half is one case: the one chosen there is right there and wrong in the other, so choosing gains 1, and the root of 2 less on both cases.
        var gain = Assert.Single(ChoiceHalves.Gains(Pool(([1, 0], 1), ([0, 1], 1)), count: 1, cases: 2, Two));
        Assert.Equal(1 / Math.Sqrt(2), gain, 1e-12);
    }

    [Fact]
    public void What_spends_more_is_no_choice() =>
        Assert.Equal([0.0], ChoiceHalves.Gains(Pool(([1, 0], 1), ([0, 1], 1.1)), count: 1, cases: 2, Two));

    [Fact]
    public void What_is_better_on_every_case_gains_nothing_by_having_been_chosen() =>
        Assert.Equal([0.0], ChoiceHalves.Gains(Pool(([1, 1, 1, 0.5, 0.25], 2), ([0.5, 0.5, 0.5, 0.25, 0], 1)), count: 1, cases: 5, Two));

    [Fact]
    public void One_case_has_no_halves() => Assert.Equal([0.0], ChoiceHalves.Gains(Pool(([1], 1), ([0], 1)), count: 1, cases: 1, Two));

    [Fact]
    public void All_halves_of_four_cases_are_drawn_alike()
    {
        // A is right on the first two cases, B on the last two. Of the six halves, two hold one pair whole: the one chosen gains 1. In the other four both are
        // right on one of two cases in either half: A stays, and gains nothing. So the mean gain is a third.
        var gain = Assert.Single(ChoiceHalves.Gains(Pool(([1, 1, 0, 0], 1), ([0, 0, 1, 1], 1)), count: 1, cases: 4, Two));
        Assert.Equal(1 / (3 * Math.Sqrt(2)), gain, 0.08);
    }

    private static ChoicePool Pool(params (double[] Accuracy, double Latency)[] all) => new(
        [.. all.Select(one => Padded(one.Accuracy))],
        [.. all.Select(one => Padded([.. one.Accuracy.Select(_ => one.Latency)]))],
        [.. all.Select(one => new CallValues(one.Accuracy.Average(), one.Latency, 0))]);

    private static double[] Padded(double[] values)
    {
        var padded = new double[OutcomeVectors.Width(values.Length)];
        values.CopyTo(padded, 0);
        return padded;
    }
}
