using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests;

public sealed class LatencyErrorTests
{
    [Theory]
    [InlineData(1, 6.3138)]
    [InlineData(2, 2.9200)]
    [InlineData(3, 2.3534)]
    [InlineData(5, 2.0150)]
    [InlineData(10, 1.8125)]
    [InlineData(30, 1.6973)]
    [InlineData(1000, 1.6464)]
    public void Quantiles_of_Students_distribution_are_those_of_its_tables(int freedom, double expected) =>
        Assert.InRange(StudentT.Quantile95(freedom) / expected, 0.99, 1.01);

    [Fact]
    public void Interval_is_that_of_the_cases_and_that_of_other_configurations_together()
    {
        // Logarithms 0.1 and 0.3: mean 0.2, spread sqrt(0.02), and t of one degree of freedom times sqrt(1.5) on either side.
        var error = LatencyError.Of([Math.Exp(0.1), Math.Exp(0.3)])!;
        Assert.Equal((Math.Exp(0.2), Math.Sqrt(0.02), 2), (error.Ratio, error.Spread, error.Count), Near);
        var model = 6.313751514675 * Math.Sqrt(0.02) * Math.Sqrt(1.5);
        var interval = error.Widen(new EstimateInterval(4 / 1.5, 4 * 2), 4)!.Value;
        Assert.Equal(4 * Math.Exp(0.2 - Math.Sqrt((Math.Log(1.5) * Math.Log(1.5)) + (model * model))), interval.Low, 1e-6);
        Assert.Equal(4 * Math.Exp(0.2 + Math.Sqrt((Math.Log(2) * Math.Log(2)) + (model * model))), interval.High, 1e-6);
    }

    [Fact]
    public void Estimate_stays_in_its_interval_however_far_off_it_was()
    {
        var error = LatencyError.Of([2.0, 2.0, 2.0])!;
        Assert.Equal(new EstimateInterval(1, 2 * 1.1), error.Widen(new EstimateInterval(0.9, 1.1), 1)!.Value, (one, other) => Math.Abs(one.Low - other.Low) + Math.Abs(one.High - other.High) < 1e-9);
        Assert.Null(error.Widen(null, 1));
        Assert.Equal(new EstimateInterval(0, 0), error.Widen(new EstimateInterval(0, 0), 0));
    }

    [Fact]
    public void Of_one_configuration_there_is_no_spread() => Assert.Null(LatencyError.Of([1.2]));

    [Theory]
    [InlineData(12, 0.0, 0.05, 0.03)]
    [InlineData(12, 0.25, 0.2, 0.03)] // runs that take a quarter longer, by very different factors
    [InlineData(4, 0.1, 0.1, 0.1)]
    [InlineData(40, -0.1, 0.02, 0.1)] // the cases leave more open than the model
    public void Nine_of_ten_configurations_that_were_not_run_are_in_their_intervals(int run, double mean, double spread, double cases)
    {
        var random = new Random(run);
        var (within, all) = (0, 0);
        for (var world = 0; world < 3000; world++)
        {
            var error = LatencyError.Of([.. Enumerable.Range(0, run).Select(_ => Math.Exp(mean + (spread * ProxyCorrectionTests.Normal(random))))])!;

            // Composed on some cases, and measured on others: of that the bootstrap knows how much it makes.
            var composed = 3 * Math.Exp(cases * ProxyCorrectionTests.Normal(random));
            var measured = 3 * Math.Exp(mean + (spread * ProxyCorrectionTests.Normal(random)));
            var half = 1.6448536269514722 * cases;
            within += error.Widen(new EstimateInterval(composed * Math.Exp(-half), composed * Math.Exp(half)), composed)!.Value.Contains(measured) ? 1 : 0;
            all++;
        }

        Assert.InRange((double)within / all, 0.875, 0.96);
    }

    private static bool Near((double, double, int) one, (double, double, int) other) =>
        Math.Abs(one.Item1 - other.Item1) < 1e-12 && Math.Abs(one.Item2 - other.Item2) < 1e-12 && one.Item3 == other.Item3;
}
