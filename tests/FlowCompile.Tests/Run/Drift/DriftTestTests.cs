namespace FlowCompile.Tests.Run.Drift;

/// <summary>The sequential test on simulated calls: how often it is wrong where the mean is within its limit, and how soon it is right where it is not.</summary>
public class DriftTestTests
{
    private const int Streams = 2000;

    private static readonly Dictionary<string, Func<Random, double>> s_meanOfOne = new()
    {
        ["exponential"] = random => -Math.Log(1 - random.NextDouble()),
        ["seldom"] = random => random.NextDouble() < 0.1 ? 10 : 0,
        ["uniform"] = random => 2 * random.NextDouble(),
        ["heavy"] = random => 0.5 / Math.Sqrt(1 - random.NextDouble()), // Pareto with an infinite variance
        ["constant"] = _ => 1,
    };

    public static TheoryData<string> Distributions => [.. s_meanOfOne.Keys];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void AtTheLimit_FalseAlarmsAreAsRareAsStated(string distribution)
    {
        const int Calls = 2000;
        const double CallsPerFalseAlarm = 20_000;

        var alarms = Count(CallsPerFalseAlarm, Calls, (_, random) => s_meanOfOne[distribution](random));

        // At most n / A of the streams. Twice the standard error of a share of that size is for the simulation's own chance.
        const double Stated = Calls / CallsPerFalseAlarm;
        Assert.InRange(alarms / (double)Streams, 0, Stated + (2 * Math.Sqrt(Stated * (1 - Stated) / Streams)));
    }

    [Fact]
    public void AtTheLimit_TheStatementIsNotEmpty() =>
        Assert.InRange(Count(1000, 900, (_, random) => s_meanOfOne["exponential"](random)), 1, Streams * 9 / 10);

    [Fact]
    public void AMeanThatDependsOnWhatCameBefore_IsNoDriftWhileItIsWithinTheLimit()
    {
        // Bursts of slow calls after each slow one, and quick ones between: the mean given the past is the limit.
        var alarms = Count(20_000, 2000, (last, random) => last > 1.5 ? -2 * Math.Log(1 - random.NextDouble()) * 0.5 : 2 * random.NextDouble());

        Assert.InRange(alarms / (double)Streams, 0, 0.1 + 0.014);
    }

    [Fact]
    public void WellWithinTheLimit_ThereIsNoAlarm() => Assert.Equal(0, Count(1e6, 5000, (_, random) => s_meanOfOne["exponential"](random) / 1.5));

    [Theory]
    [InlineData(1.5, 250)]
    [InlineData(2, 100)]
    [InlineData(4, 40)]
    public void AShift_IsFoundSoon_HoweverLongAllWasWell(double factor, int calls)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var test = new DriftTest(1, 1e6);
            for (var i = 0; i < 20_000; i++)
            {
                Assert.False(test.Add(s_meanOfOne["uniform"](random) / 1.5));
            }

            var found = 0;
            while (!test.Add(s_meanOfOne["uniform"](random) * factor))
            {
                found++;
                Assert.InRange(found, 0, calls);
            }

            Assert.InRange(test.Mean, 0.5 * factor, 1.6 * factor); // of few values
            Assert.InRange(test.Count, 1, found + 100);
            Assert.False(test.Add(1000)); // it is said once
        }
    }

    private static int Count(double callsPerFalseAlarm, int calls, Func<double, Random, double> next)
    {
        var alarms = 0;
        for (var seed = 0; seed < Streams; seed++)
        {
            var random = new Random(seed);
            var test = new DriftTest(1, callsPerFalseAlarm);
            var last = 0.0;
            for (var i = 0; i < calls && !test.IsOver; i++)
            {
                last = next(last, random);
                test.Add(last);
            }

            alarms += test.IsOver ? 1 : 0;
        }

        return alarms;
    }
}
