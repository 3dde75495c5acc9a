using FlowCompile.Profiling.Testing;

namespace FlowCompile.Profiling.Tests.Testing;

public sealed class FidelityTests
{
    [Fact]
    public void Spearman_of_the_same_order_is_one_and_of_the_opposite_minus_one()
    {
        Assert.Equal(1, Fidelity.Spearman([1, 2, 3, 10], [0.1, 0.2, 0.7, 0.9])!.Value, 12);
        Assert.Equal(-1, Fidelity.Spearman([1, 2, 3, 10], [4, 3, 2, 1])!.Value, 12);
    }

    [Fact]
    public void Spearman_of_ties_is_the_correlation_of_mean_ranks()
    {
        // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: covariance 4.5, variances 4.5 and 5.
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), Fidelity.Spearman([1, 2, 2, 3], [1, 3, 2, 4])!.Value, 12);
    }

    [Fact]
    public void Nothing_to_order_has_no_correlation()
    {
        Assert.Null(Fidelity.Spearman([], []));
        Assert.Null(Fidelity.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Null(Fidelity.PairwiseAgreement([1], [1]));
        Assert.Null(Fidelity.MeanAbsoluteError([], []));
    }

    [Fact]
    public void Measures_agree_with_brute_force_on_random_lists()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            var count = random.Next(2, 12);
            var x = Enumerable.Range(0, count).Select(_ => (double)random.Next(6)).ToArray();
            var y = Enumerable.Range(0, count).Select(_ => (double)random.Next(6)).ToArray();
            var (agree, pairs) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    pairs++;
                    agree += Math.Sign(x[i] - x[j]) == Math.Sign(y[i] - y[j]) ? 1 : 0;
                }
            }

            Assert.Equal((double)agree / pairs, Fidelity.PairwiseAgreement(x, y)!.Value, 12);
            Assert.Equal(Correlation(Ranks(x), Ranks(y)), Fidelity.Spearman(x, y) ?? double.NaN, 10);
        }
    }

    [Fact]
    public void Lists_of_different_length_are_refused() => Assert.Throws<ArgumentException>(() => Fidelity.MeanAbsoluteError([1, 2], [1]));

    [Fact]
    public void Mean_absolute_error_is_the_mean_distance() => Assert.Equal(0.2, Fidelity.MeanAbsoluteError([0.5, 0.9], [0.6, 0.6])!.Value, 12);

    private static double[] Ranks(double[] values) => [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0))];

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
