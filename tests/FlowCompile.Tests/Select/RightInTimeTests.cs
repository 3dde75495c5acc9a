using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Select;

public class RightInTimeTests
{
    private static readonly WorkflowGraph s_graph = Graphs.Math();
    private static readonly WorkflowStructure s_structure = new StructureSpace(s_graph).Largest;

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1, 0)] // no more than a beginning
    [InlineData(1.5, 0.125)] // halfway to the first quarter
    [InlineData(2, 0.25)]
    [InlineData(3, 0.5)] // two quantiles are one latency, and both are within it
    [InlineData(4, 0.75 + (0.25 / 6))]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 0)]
    public void Share_IsThatOfTheQuantilesAndAStraightLineBetweenThem(double seconds, double share) =>
        Assert.Equal(share, new LatencyQuantiles(1, 2, 3, 3, 9).ShareWithin(seconds == 3 ? 2.999999999 : seconds), 1e-6);

    [Fact]
    public void Share_OfOneLatencyIsAStep()
    {
        var one = new LatencyQuantiles(2, 2, 2);
        Assert.Equal((0.0, 1.0, 1.0), (one.ShareWithin(1.999), one.ShareWithin(2), one.ShareWithin(2.001)));
        Assert.Equal(one, new LatencyQuantiles(2, 2, 2));
        Assert.NotEqual(one, new LatencyQuantiles(2, 2));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles(1));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles(2, 1));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles(1, double.NaN));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles(-1, 1));
    }

    [Fact]
    public void TheChoice_IsTheOneMostLikelyRightInTime()
    {
        // Of the fast one .6 are right, all within 1 s. Of the slow one .9, of which half take 1 s and half 5 s.
        var plan = Plan([Configuration("c01", 0.6, 0.9, 1, new(0.8, 1, 1)), Configuration("c02", 0.9, 3, 10, new(1, 1, 5))]);
        Assert.Equal("c02", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6))).Id); // .9 against .6
        Assert.Equal("c02", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(4))).Id); // .9 * (.5 + .5 * 3/4) = .7875
        Assert.Equal("c01", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(1.5))).Id); // .9 * (.5 + .5 / 8) = .50625
        Assert.Equal("c01", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6), maxCost: 5)).Id);
        Assert.Equal("c02", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6), maxCost: 10)).Id);
        Assert.Equal("c02", plan.Select(Preference.MostLikelyWithin(TimeSpan.Zero)).Id); // none is in time: the most accurate
        Assert.Equal(0.50625, plan.Configurations[1].Estimate!.RightWithin(TimeSpan.FromSeconds(1.5))!.Value, 1e-12);
        Assert.Throws<InfeasiblePreferenceException>(() => plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6), maxCost: 0.5)));
    }

    [Fact]
    public void Preference_SaysWhatItIs()
    {
        var preference = Preference.MostLikelyWithin(TimeSpan.FromMilliseconds(1234.5678), 0.25);
        Assert.Equal(TimeSpan.FromMilliseconds(1234.5678), preference.Deadline);
        Assert.Equal((0.25, 0.5, PreferenceObjective.RightInTime), (preference.MaxCost!.Value, preference.Weight, preference.Objective));
        Assert.Equal("most likely right within 1.2345678 s, cost at most 0.25", preference.ToString());
        Assert.Null(Preference.Balanced.Deadline);
        Assert.Equal(preference, Preference.MostLikelyWithin(TimeSpan.FromMilliseconds(1234.5678)) with { MaxCost = 0.25 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.MostLikelyWithin(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.MostLikelyWithin(TimeSpan.FromSeconds(1), -1));
    }

    [Fact]
    public void PlanWithoutLatenciesOfRightRuns_SaysToCompileAgain()
    {
        var plan = Plan([Configuration("c01", 0.6, 0.9, 1, null), Configuration("c02", 0.9, 3, 10, null)]);
        var error = Assert.Throws<InfeasiblePreferenceException>(() => plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6))));
        Assert.Contains("compile it again with 'flowcompile compile'", error.Message, StringComparison.Ordinal);
        Assert.Equal("c02", error.Nearest.Id);
        Assert.False(plan.TrySelect(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6)), out _));

        // One that has them is the choice, however little it is right.
        plan = Plan([Configuration("c01", 0.1, 0.9, 1, new(1, 2)), Configuration("c02", 0.9, 3, 10, null)]);
        Assert.Equal("c01", plan.Select(Preference.MostLikelyWithin(TimeSpan.FromSeconds(6))).Id);
    }

    [Theory]
    [InlineData(1, 600, 12)]
    [InlineData(2, 60, 400)]
    public void Choice_AgreesWithTryingEveryConfiguration(int seed, int plans, int most)
    {
        var random = new Random(seed);
        var (chosen, refused, ties) = (0, 0, 0);
        for (var round = 0; round < plans; round++)
        {
            var plan = Plan([.. Enumerable.Range(0, random.Next(1, most + 1)).Select(i => Random(random, i)).OrderBy(one => one.Estimate!.LatencySeconds)]);
            var mask = plan.Without("m");
            for (var i = 0; i < 20; i++)
            {
                var preference = Preference.MostLikelyWithin(TimeSpan.FromMilliseconds(random.Next(0, 120) * 100)) with
                {
                    MaxCost = random.Next(3) == 0 ? random.Next(0, 6) : null,
                    MinAccuracy = random.Next(3) == 0 ? random.Next(0, 11) / 10.0 : null,
                };
                Check(plan.Configurations, preference, () => plan.Select(preference));
                if (mask.Configurations.Count > 0)
                {
                    Check(mask.Configurations, preference, () => mask.Select(preference));
                }
            }
        }

        Assert.True(chosen > 300 && (refused > 50 || most > 100) && ties > 50, $"{chosen} choices, {ties} of them among equal ones, and {refused} refusals were tried.");

        void Check(IReadOnlyList<WorkflowConfiguration> configurations, Preference preference, Func<WorkflowConfiguration> select)
        {
            // By the definition, on the quantiles themselves.
            var kept = configurations.Where(one => one.Estimate!.RightLatency is not null
                && !(one.Estimate.Cost > preference.MaxCost) && !(one.Estimate.Accuracy < preference.MinAccuracy)).ToList();
            if (kept.Count == 0)
            {
                Assert.Throws<InfeasiblePreferenceException>(select);
                refused++;
                return;
            }

            var greatest = kept.Max(Likely);
            var best = kept.Where(one => Likely(one) == greatest).ToList();
            ties += best.Count > 1 ? 1 : 0;
            chosen++;
            Assert.Same(best.OrderByDescending(one => one.Estimate!.Accuracy).ThenBy(one => one.Estimate!.LatencySeconds).First(), select());

            double Likely(WorkflowConfiguration one)
            {
                var (seconds, at) = (one.Estimate!.RightLatency!.Seconds, preference.Deadline!.Value.TotalSeconds);
                var share = Enumerable.Range(1, seconds.Count - 1).Sum(k => at >= seconds[k] ? 1.0
                    : at < seconds[k - 1] ? 0 : (at - seconds[k - 1]) / (seconds[k] - seconds[k - 1])) / (seconds.Count - 1);
                return one.Estimate.Accuracy * share;
            }
        }
    }

    [Fact]
    public void Choice_AllocatesNothing()
    {
        var random = new Random(3);
        var plan = Plan([.. Enumerable.Range(0, 50).Select(i => Random(random, i)).OrderBy(one => one.Estimate!.LatencySeconds)]);
        var preference = Preference.MostLikelyWithin(TimeSpan.FromSeconds(4), 5);
        plan.Select(preference);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            plan.Select(preference);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Few different numbers, so that there are equal ones. Shares of four parts are exact.
    private static WorkflowConfiguration Random(Random random, int i)
    {
        double[] seconds = [.. Enumerable.Range(0, 5).Select(_ => (double)random.Next(1, 12)).Order()];
        return Configuration($"c{i}", random.Next(0, 9) / 8.0, random.Next(1, 12), random.Next(0, 6), random.Next(8) == 0 ? null : new(seconds), random.Next(3) == 0 ? "m" : "n");
    }

    private static WorkflowConfiguration Configuration(string id, double accuracy, double latency, double cost, LatencyQuantiles? right, string model = "n") => new(
        id,
        s_structure,
        [.. s_graph.Nodes.Select(node => node.Kind == NodeKind.SubAgent ? new Setting(model, 0) : (Setting?)null)],
        new Estimate { Accuracy = accuracy, LatencySeconds = latency, Cost = cost, RightLatency = right });

    private static WorkflowPlan Plan(IReadOnlyList<WorkflowConfiguration> configurations) => new("math", s_graph.Hash, "paired", "parallel", configurations, new PlanProvenance
    {
        ToolVersion = "0",
        ProfileHash = "h",
        Cases = 1,
        Seed = 1,
        Models = new Dictionary<string, string> { ["m"] = "m", ["n"] = "n" },
        Hardware = "h",
    });
}
