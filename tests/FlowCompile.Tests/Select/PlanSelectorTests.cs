using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Select;

public class PlanSelectorTests
{
    private static readonly WorkflowPlan s_four = Plan((.40, 1), (.55, 2), (.70, 3), (.90, 4));

    [Fact]
    public void Ends_AreTheFastestAndTheMostAccurate()
    {
        Assert.Equal("c01", s_four.Select(Preference.Fastest).Id);
        Assert.Equal("c04", s_four.Select(Preference.MostAccurate).Id);
    }

    [Fact]
    public void Default_IsBalanced()
    {
        Assert.Equal(Preference.Balanced, default);
        Assert.Equal(0.5, default(Preference).Weight);
    }

    [Fact]
    public void Weight_AgreesWithTryingEveryConfiguration()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var plan = RandomFrontier(random);
            for (var step = 0; step <= 50; step++)
            {
                var preference = Preference.Weighted(step / 50.0);
                Assert.Equal(Value(plan, plan.Select(preference), preference), plan.Configurations.Max(c => Value(plan, c, preference)), 1e-12);
            }
        }
    }

    [Fact]
    public void Limits_AgreeWithTryingEveryConfiguration()
    {
        var random = new Random(8);
        for (var round = 0; round < 2000; round++)
        {
            var plan = RandomFrontier(random);
            var preference = Preference.Weighted(random.NextDouble()) with
            {
                MaxLatency = random.Next(3) == 0 ? null : TimeSpan.FromSeconds(random.NextDouble() * 12),
                MinAccuracy = random.Next(3) == 0 ? null : random.NextDouble(),
            };
            var feasible = plan.Configurations.Where(c =>
                c.Estimate!.LatencySeconds <= (preference.MaxLatency?.TotalSeconds ?? 99) && c.Estimate.Accuracy >= (preference.MinAccuracy ?? 0)).ToList();

            Assert.Equal(feasible.Count > 0, plan.TrySelect(preference, out var chosen));
            if (chosen is not null)
            {
                Assert.Contains(chosen, feasible);
                Assert.Equal(feasible.Max(c => Value(plan, c, preference)), Value(plan, chosen, preference), 1e-12);
            }
            else
            {
                Assert.Throws<InfeasiblePreferenceException>(() => plan.Select(preference));
            }
        }
    }

    [Fact]
    public void Within_TakesTheMostAccurateInTime() => Assert.Equal("c03", s_four.Select(Preference.Within(TimeSpan.FromSeconds(3.2))).Id);

    [Fact]
    public void AtLeast_TakesTheFastestThatIsAccurateEnough() => Assert.Equal("c03", s_four.Select(Preference.AtLeast(.6)).Id);

    [Fact]
    public void TooFast_SaysByHowMuch()
    {
        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(Preference.Within(TimeSpan.FromSeconds(.25))));

        Assert.Equal("No configuration of 'math' keeps the limit (at most 0.25 s). The nearest, c01, has mean latency 1000 ms, 750 ms too much.", error.Message);
        Assert.Equal("c01", error.Nearest.Id);
    }

    [Fact]
    public void TooAccurate_SaysByHowMuch()
    {
        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(Preference.AtLeast(.95)));

        Assert.Equal("No configuration of 'math' keeps the limit (accuracy at least 0.95). The nearest, c04, has accuracy 0.9, 0.05 too little.", error.Message);
        Assert.Equal("c04", error.Nearest.Id);
    }

    [Fact]
    public void SeveralLimits_NameTheNearestAndWhatItMisses()
    {
        var preference = Preference.AtLeast(.8) with { MaxLatency = TimeSpan.FromSeconds(2) };

        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(preference));

        Assert.Equal(
            "No configuration of 'math' keeps all limits (at most 2 s, accuracy at least 0.8). The nearest, c02, has accuracy 0.55, 0.25 too little.", error.Message);
        var miss = Assert.Single(error.Misses);
        Assert.Equal((PreferenceLimit.Accuracy, 0.8, 0.55), (miss.Limit, miss.Allowed, miss.Actual));
        Assert.Equal(0.25, miss.By!.Value, 1e-12);
    }

    [Fact]
    public void LimitOnWhatWasNotMeasured_IsKeptByNone()
    {
        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(Preference.MostAccurate with
        {
            MaxLatency = TimeSpan.FromSeconds(3),
            MaxLatencyP95 = TimeSpan.FromSeconds(9),
        }));

        Assert.Equal(
            "No configuration of 'math' keeps all limits (at most 3 s, p95 at most 9 s). The nearest, c01, has p95 latency unknown, for it was not measured.", error.Message);
        Assert.Null(Assert.Single(error.Misses).By);
        Assert.Equal(
            "No configuration of 'math' keeps the limit (least energy). The nearest, c01, has energy unknown, for it was not measured.",
            Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(Preference.LeastEnergy)).Message);
    }

    [Fact]
    public void Preference_SaysItsLimits() => Assert.Equal(
        "cheapest, at most 2 s, p50 at most 1.5 s, p95 at most 3 s, cost at most 0.01, energy at most 40 J, accuracy at least 0.8",
        (Preference.Cheapest with
        {
            MaxLatency = TimeSpan.FromSeconds(2),
            MaxLatencyP50 = TimeSpan.FromSeconds(1.5),
            MaxLatencyP95 = TimeSpan.FromSeconds(3),
            MaxCost = 0.01,
            MaxEnergyJoules = 40,
            MinAccuracy = 0.8,
        }).ToString());

    [Fact]
    public void LimitTakenBack_IsNone()
    {
        var preference = Preference.Within(TimeSpan.FromSeconds(1)) with { MaxCost = 3, MinAccuracy = 0.5 };

        Assert.Equal((TimeSpan.FromSeconds(1), null, null, 3d, null, 0.5), (preference.MaxLatency, preference.MaxLatencyP50, preference.MaxLatencyP95, preference.MaxCost, preference.MaxEnergyJoules, preference.MinAccuracy));
        Assert.Equal(Preference.MostAccurate, preference with { MaxLatency = null, MaxCost = null, MinAccuracy = null });
        Assert.Throws<ArgumentOutOfRangeException>(() => preference with { MaxCost = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => preference with { MinAccuracy = double.PositiveInfinity });
    }

    [Fact]
    public void Selecting_AllocatesNothing()
    {
        s_four.Select(Preference.Balanced);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            s_four.Select(Preference.Weighted(i / 1000.0));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void OneConfiguration_IsAlwaysChosen() => Assert.Equal("c01", Plan((.5, 1)).Select(Preference.Weighted(.3)).Id);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Weight_OutsideItsRange_IsRefused(double weight) => Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Weighted(weight));

    private static WorkflowPlan RandomFrontier(Random random)
    {
        var n = random.Next(1, 12);
        var accuracies = Enumerable.Range(0, n).Select(_ => random.NextDouble()).Order();
        var latencies = Enumerable.Range(0, n).Select(_ => random.NextDouble() * 10).Order();
        return Plan([.. accuracies.Zip(latencies)]);
    }

    private static double Value(WorkflowPlan plan, WorkflowConfiguration configuration, Preference preference)
    {
        double Scaled(Func<Estimate, double> of)
        {
            var values = plan.Configurations.Select(c => of(c.Estimate!)).ToList();
            return values.Max() == values.Min() ? 0 : of(configuration.Estimate!) / (values.Max() - values.Min());
        }

        return (preference.Weight * Scaled(e => e.Accuracy)) - ((1 - preference.Weight) * Scaled(e => e.LatencySeconds));
    }

    private static WorkflowPlan Plan(params (double Accuracy, double Latency)[] points)
    {
        var graph = Graphs.Math();
        var structure = new StructureSpace(graph).Largest;
        return new WorkflowPlan("math", graph.Hash, "independent", "parallel", [.. points.Select((point, i) => new WorkflowConfiguration(
            $"c{i + 1:00}", structure, new Setting?[graph.Nodes.Count], new Estimate { Accuracy = point.Accuracy, LatencySeconds = point.Latency }))], null);
    }
}
