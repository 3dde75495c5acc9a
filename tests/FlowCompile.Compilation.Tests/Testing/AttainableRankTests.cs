namespace FlowCompile.Compilation.Tests.Testing;

public sealed class AttainableRankTests
{
    [Fact]
    public void Values_far_apart_are_ranked_whatever_cases_are_drawn()
    {
        var runs = Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 50).Select(c => i + (0.01 * (c % 7))).ToArray()).ToList();

        Assert.Equal(1, AttainableRank.Of(runs, 50)!.Value, 12);
    }

    [Fact]
    public void Configurations_that_are_all_the_same_cannot_be_ranked()
    {
        Assert.Null(AttainableRank.Of([.. Enumerable.Repeat(new double[] { 1, 0, 1, 1 }, 6)], 4));
        Assert.Null(AttainableRank.Of([], 4));
        Assert.Null(AttainableRank.Of([[], []], 4));
    }

    [Fact]
    public void More_cases_of_the_profile_tell_more()
    {
        // Accuracies from .7 to .9, each case right or wrong by a coin of its own.
        var random = new Random(1);
        var runs = Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 600).Select(_ => random.NextDouble() < 0.7 + (i / 150.0) ? 1.0 : 0).ToArray()).ToList();
        var (few, many) = (AttainableRank.Of(runs, 20)!.Value, AttainableRank.Of(runs, 2000)!.Value);

        Assert.InRange(few, 0.2, many - 0.1);
        Assert.InRange(many, 0.8, 0.99);
    }

    [Fact]
    public void It_is_about_the_rank_correlation_of_means_that_have_no_other_error()
    {
        // What configurations truly are is known here: means over one sample of cases against means over another.
        var random = new Random(2);
        double[] truth = [.. Enumerable.Range(0, 40).Select(i => 0.5 + (i / 100.0))];
        double[] Run(double right, int cases) => [.. Enumerable.Range(0, cases).Select(_ => random.NextDouble() < right ? 1.0 : 0)];
        var correlations = Enumerable.Range(0, 50).Select(_ => Profiling.Testing.Fidelity.Spearman(
            [.. truth.Select(right => Run(right, 100).Average())], [.. truth.Select(right => Run(right, 200).Average())])!.Value).Average();
        var estimated = Enumerable.Range(0, 10).Select(_ => AttainableRank.Of([.. truth.Select(right => Run(right, 200))], 100)!.Value).Average();

        Assert.InRange(estimated, correlations - 0.02, correlations + 0.06);
    }

    [Fact]
    public void Runs_that_failed_are_in_no_mean()
    {
        double[] full = [.. Enumerable.Range(0, 40).Select(c => c % 2 == 0 ? 1.0 : 0.9)];
        double[] half = [.. Enumerable.Range(0, 40).Select(c => c % 2 == 0 ? 0.1 : double.NaN)];

        Assert.Equal(1, AttainableRank.Of([full, half], 40)!.Value, 12);
    }
}
