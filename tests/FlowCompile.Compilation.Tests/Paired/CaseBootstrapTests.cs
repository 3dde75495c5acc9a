using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests;

public sealed class CaseBootstrapTests
{
    private const int Cases = 300;

    [Fact]
    public void A_machine_that_was_slow_for_a_while_makes_latencies_less_certain_than_the_same_ones_in_another_order()
    {
        var random = new Random(1);
        double[] slowly = [.. Enumerable.Range(0, Cases).Select(one => (one / 30 % 2) + random.NextDouble())];
        double[] shuffled = [.. slowly];
        random.Shuffle(shuffled);
        Assert.True(Width(slowly) > 1.5 * Width(shuffled), $"{Width(slowly)} and {Width(shuffled)}");
    }

    [Fact]
    public void Without_that_blocks_change_little()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            double[] values = [.. Enumerable.Range(0, Cases).Select(_ => random.NextDouble())];
            Assert.InRange(Width(values), 0.5 * 2 * 1.645 * Math.Sqrt(1 / 12.0 / Cases), 1.6 * 2 * 1.645 * Math.Sqrt(1 / 12.0 / Cases));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(301)]
    public void Percentiles_are_those_of_the_runs_of_drawn_cases(int cases)
    {
        var random = new Random(cases);
        int[] percents = [1, 50, 95, 99, 100];

        // Four runs of each case, many of them as long as others.
        var runs = Enumerable.Range(0, cases).SelectMany(one => Enumerable.Range(0, 4).Select(_ => (Case: one, Latency: random.Next(1, 40) / 8.0))).OrderBy(run => run.Latency).ToList();
        var bootstrap = new CaseBootstrap(cases);
        var intervals = bootstrap.OfPercentiles([.. runs.Select(run => run.Latency)], [.. runs.Select(run => run.Case)], percents);
        foreach (var (percent, interval) in percents.Zip(intervals))
        {
            List<double> drawn = [.. bootstrap.BlockWeights.Select(weights =>
            {
                List<double> all = [.. runs.SelectMany(run => Enumerable.Repeat(run.Latency, (int)Math.Round(weights[run.Case] * cases)))];
                return all[Math.Max(0, (int)Math.Ceiling(all.Count * percent / 100.0) - 1)];
            }).Order()];
            Assert.Equal(new EstimateInterval(drawn[50], drawn[^51]), interval);
        }
    }

    [Fact]
    public void The_interval_of_an_amount_is_that_of_drawn_cases_around_its_mean()
    {
        var values = new double[OutcomeVectors.Width(Cases)];
        for (var one = 0; one < Cases; one++)
        {
            values[one] = one % 7;
        }

        var bootstrap = new CaseBootstrap(Cases);
        var mean = values.Sum() / Cases;
        List<double> drawn = [.. bootstrap.Weights.Select(weights => weights.Zip(values, (weight, value) => weight * value).Sum()).Order()];
        var interval = bootstrap.OfAmount(values, mean + 1, inBlocks: false);
        Assert.Equal(drawn[50] + 1, interval.Low, 1e-9);
        Assert.Equal(drawn[^51] + 1, interval.High, 1e-9);
        Assert.Equal(0, bootstrap.OfAmount(values, 0, inBlocks: true).Low);
    }

    private static double Width(double[] values)
    {
        var padded = new double[OutcomeVectors.Width(values.Length)];
        values.CopyTo(padded, 0);
        var interval = new CaseBootstrap(values.Length).OfLatency(padded);
        Assert.InRange(values.Average(), interval.Low, interval.High);
        return interval.High - interval.Low;
    }
}
