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

    private static double Width(double[] values)
    {
        var padded = new double[OutcomeVectors.Width(values.Length)];
        values.CopyTo(padded, 0);
        var interval = new CaseBootstrap(values.Length).OfLatency(padded);
        Assert.InRange(values.Average(), interval.Low, interval.High);
        return interval.High - interval.Low;
    }
}
