using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Settings;

namespace FlowCompile.Tests.Select;

/// <summary>What nobody can mean is refused where it is written: it must not choose anything.</summary>
public sealed class PreferenceTests
{
    [Theory]
    [InlineData(90)]
    [InlineData(1.0001)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void AccuracyOutsideOf0To1_IsRefused(double accuracy)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Preference.AtLeast(accuracy));

        Assert.StartsWith("A limit on accuracy is from 0 to 1 (90 % is 0.9); null sets none.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Balanced with { MinAccuracy = accuracy });
    }

    [Fact]
    public void NegativeLatency_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Within(TimeSpan.FromMilliseconds(-3)));

        Assert.StartsWith("A limit on latency is not negative", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Balanced with { MaxLatency = TimeSpan.MinValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Balanced with { MaxLatencyP50 = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Balanced with { MaxLatencyP95 = Timeout.InfiniteTimeSpan });
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NegativeOrEndlessAmounts_AreRefused(double amount)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Cheapest with { MaxCost = amount });
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Cheapest with { MaxEnergyJoules = amount });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCatalog().Add("nano", new Run.FakeModel(text => text), price: new ModelPrice(0, amount)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ModelCatalog().Add("nano", new Run.FakeModel(text => text), price: new ModelPrice(1, 1) { CachedInputPerMillion = amount }));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(50)]
    [InlineData(double.NaN)]
    public void WeightOutsideOf0To1_IsRefused(double weight)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Weighted(weight));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preference.Chebyshev(weight));
    }

    /// <summary>The ends are meant: what costs nothing is found by a limit of nothing.</summary>
    [Fact]
    public void EndsOfTheRanges_AreLimits()
    {
        var plan = Plan(provenance: null);

        Assert.Equal("c01", plan.Select(Preference.MostAccurate with { MaxCost = 0 }).Id);
        Assert.Equal("c01", plan.Select(Preference.AtLeast(0)).Id);
        Assert.Throws<InfeasiblePreferenceException>(() => plan.Select(Preference.AtLeast(1)));
        Assert.Throws<InfeasiblePreferenceException>(() => plan.Select(Preference.Within(TimeSpan.Zero)));
    }

    /// <summary>A name that the plan does not know would deny nothing.</summary>
    [Fact]
    public void MaskOfAnUnknownModel_IsRefused()
    {
        var plan = Plan(provenance: null);

        var error = Assert.Throws<ArgumentException>(() => plan.Without("mimi"));

        Assert.StartsWith("The plan of 'answers' knows no model 'mimi' to do without; did you mean 'mini'?", error.Message, StringComparison.Ordinal);
        Assert.Equal("c01", Assert.Single(plan.Without("mini").Configurations).Id);
    }

    /// <summary>A model that was measured and is on no frontier is known: denying it says what it means.</summary>
    [Fact]
    public void MaskOfAModelThatWasMeasuredOnly_LeavesAll()
    {
        var plan = Plan(new PlanProvenance
        {
            ToolVersion = "1",
            ProfileHash = "sha256:0",
            Cases = 1,
            Seed = 1,
            Models = new Dictionary<string, string> { ["nano"] = "n", ["mini"] = "m", ["micro"] = "u" },
            Hardware = "h",
        });

        Assert.Equal(2, plan.Without("micro").Configurations.Count);
        Assert.Throws<ArgumentException>(() => plan.Without("Micro"));
    }

    private static WorkflowPlan Plan(PlanProvenance? provenance)
    {
        var graph = new WorkflowGraph("answers", [new GraphNode("Answer", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])], "Answer");
        var structure = new StructureSpace(graph).Largest;
        return new WorkflowPlan(graph.Name, graph.Hash, "independent", "parallel",
        [
            new WorkflowConfiguration("c01", structure, [new Setting("nano", 0)], new Estimate { Accuracy = .5, LatencySeconds = 1 }),
            new WorkflowConfiguration("c02", structure, [new Setting("mini", 0)], new Estimate { Accuracy = .9, LatencySeconds = 2, Cost = .1 }),
        ], provenance);
    }
}
