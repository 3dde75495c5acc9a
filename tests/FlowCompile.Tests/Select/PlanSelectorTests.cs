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

        Assert.Equal("No configuration of 'math' is within 250 ms: the fastest (c01) takes 1000 ms, 750 ms too long.", error.Message);
        Assert.Equal("c01", error.Nearest.Id);
    }

    [Fact]
    public void TooAccurate_SaysByHowMuch()
    {
        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(Preference.AtLeast(.95)));

        Assert.Equal("No configuration of 'math' has an accuracy of 0.95: the most accurate (c04) has 0.9, 0.05 too little.", error.Message);
        Assert.Equal("c04", error.Nearest.Id);
    }

    [Fact]
    public void BothLimits_NameTheFastestThatIsAccurateEnough()
    {
        var preference = Preference.AtLeast(.8) with { MaxLatency = TimeSpan.FromSeconds(2) };

        var error = Assert.Throws<InfeasiblePreferenceException>(() => s_four.Select(preference));

        Assert.Equal(
            "No configuration of 'math' has an accuracy of 0.8 within 2000 ms: the fastest that accurate (c04) takes 4000 ms, 2000 ms too long.", error.Message);
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
