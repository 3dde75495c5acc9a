using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What changed from one plan to another, and which changes go past a limit.</summary>
public sealed class PlanComparisonTests
{
    private static readonly PlanDocument s_old = Plan(
        new Row("A=nano@0", 0.5, 1, 2), new Row("A=mini@0", 0.7, 3, 5), new Row("A=mini@0 B=mini@0", 0.9, 6, 9));

    [Fact]
    public void A_plan_has_not_changed_from_itself()
    {
        var comparison = PlanComparison.Of(s_old, s_old, new PlanLimits { MaxAccuracyLoss = 0, MaxP95Growth = 0 });
        Assert.Empty(comparison.Provenance);
        Assert.Empty(comparison.Violations);
        Assert.All(comparison.Configurations, one => Assert.True(one.IsUnchanged));
        Assert.All(comparison.Points, point => Assert.Equal((0, 0), (point.Accuracy!.Value.Change, point.P95!.Value.Change)));
        Assert.True(comparison.IsSameGraph);
    }

    [Fact]
    public void Configurations_are_added_removed_and_kept()
    {
        var comparison = PlanComparison.Of(s_old, Plan(new Row("A=nano@0", 0.5, 1, 2), new Row("A=micro@0", 0.6, 2, 3), new Row("A=mini@0", 0.72, 3, 5)));
        Assert.Equal(
            [("A=nano@0", "c01", "c01"), ("A=micro@0", null, "c02"), ("A=mini@0", "c02", "c03"), ("A=mini@0 B=mini@0", "c03", null)],
            comparison.Configurations.Select(one => (one.Text, one.Old?.Id, one.New?.Id)));
        Assert.Equal([true, false, false, false], comparison.Configurations.Select(one => one.IsUnchanged));
        Assert.Equal(0.02, comparison.Configurations[2].Accuracy!.Value.Change, 12);
        Assert.Equal(0, comparison.Configurations[2].Latency!.Value.Growth!.Value, 12);
        Assert.Null(comparison.Configurations[1].Accuracy);
    }

    [Theory]
    [InlineData(0.7, 0.65, 0.75, 0.76, 0.71, 0.81, true)]
    [InlineData(0.7, 0.65, 0.75, 0.78, 0.73, 0.83, false)]
    [InlineData(0.7, 0.65, 0.75, 0.64, 0.59, 0.69, true)]
    [InlineData(0.7, 0.69, 0.71, 0.69, 0.688, 0.691, true)]
    [InlineData(0.7, 0.6, 0.701, 0.702, 0.7015, 0.8, false)]
    [InlineData(0.7, 0.6, 0.701, 0.702, 0.6, 0.8, true)]
    public void A_change_is_noise_where_the_intervals_explain_it(double old, double oldLow, double oldHigh, double @new, double newLow, double newHigh, bool expected)
    {
        var before = Plan(new Row("A=mini@0", old, 1, 2) { Accuracies = new(oldLow, oldHigh) });
        var after = Plan(new Row("A=mini@0", @new, 1, 2) { Accuracies = new(newLow, newHigh) });
        Assert.Equal(expected, PlanComparison.Of(before, after).Configurations[0].Accuracy!.Value.IsWithinNoise);
    }

    [Fact]
    public void Without_intervals_nobody_knows_the_noise() =>
        Assert.Null(PlanComparison.Of(s_old, Plan(new Row("A=nano@0", 0.6, 1, 2))).Configurations[0].Accuracy!.Value.IsWithinNoise);

    [Fact]
    public void What_the_plans_were_made_with_is_compared()
    {
        var before = Plan([new Row("A=nano@0", 0.5, 1, 2)], provenance: Provenance("a machine", ("nano", "1"), ("mini", "2")));
        var after = Plan([new Row("A=nano@0", 0.5, 1, 2)], provenance: Provenance("another", ("nano", "1"), ("mini", "3"), ("large", "4")) with { Concurrency = 8, UntimedCalls = 1234 }, schedule: "sequential");
        Assert.Equal(
            [("schedule", "parallel", "sequential"), ("hardware", "a machine", "another"), ("calls at once", "2", "8"), ("calls not timed", null, "1234"), ("model large", null, "4"), ("model mini", "2", "3")],
            PlanComparison.Of(before, after).Provenance.Select(change => (change.What, change.Old, change.New)));
    }

    [Fact]
    public void Plans_of_other_graphs_are_compared_and_of_other_workflows_not()
    {
        var other = Plan([new Row("A=nano@0", 0.5, 1, 2)], graph: new WorkflowGraph("w", [Agent("A"), Agent("B", From("A")), Optional("C", From("B"))], "A"));
        var comparison = PlanComparison.Of(s_old, other);
        Assert.False(comparison.IsSameGraph);
        Assert.Equal("graph", comparison.Provenance[0].What);
        var foreign = Plan([new Row("A=nano@0", 0.5, 1, 2)], graph: new WorkflowGraph("v", [Agent("A")], "A"));
        Assert.Equal(
            "The plans are of different workflows, 'w' and 'v'; compare two of one workflow.",
            Assert.Throws<CompileException>(() => PlanComparison.Of(s_old, foreign)).Message);
    }

    [Fact]
    public void What_a_named_preference_gets_counts_against_both_limits()
    {
        var worse = Plan(new Row("A=nano@0", 0.5, 1, 2), new Row("A=mini@0", 0.7, 3, 5), new Row("A=mini@0 B=mini@0", 0.85, 6, 12));
        var violations = PlanComparison.Of(s_old, worse, new PlanLimits { MaxAccuracyLoss = 0.01, MaxP95Growth = 0.1 }).Violations;
        Assert.Equal(["--max-accuracy-loss", "--max-p95-growth"], violations.Select(one => one.Limit));
        Assert.All(violations, one => Assert.Equal((FrontierPointKind.Named, "most accurate"), (one.Point.Kind, one.Point.Name)));
        Assert.Equal(0.05, violations[0].Actual, 12);
        Assert.Equal((12 / 9.0) - 1, violations[1].Actual, 12);
    }

    [Fact]
    public void A_limit_that_is_met_exactly_is_kept()
    {
        var worse = Plan(new Row("A=nano@0", 0.5, 1, 2), new Row("A=mini@0", 0.7, 3, 5), new Row("A=mini@0 B=mini@0", 0.89, 6, 9.9));
        Assert.Empty(PlanComparison.Of(s_old, worse, new PlanLimits { MaxAccuracyLoss = 0.01, MaxP95Growth = 0.1 }).Violations);
        Assert.Equal(2, PlanComparison.Of(s_old, worse, new PlanLimits { MaxAccuracyLoss = 0.0099, MaxP95Growth = 0.099 }).Violations.Count);
    }

    [Fact]
    public void At_equal_latency_the_most_accurate_counts_and_one_a_little_slower_is_as_fast()
    {
        var slower = Plan(new Row("A=nano@0", 0.5, 1, 2), new Row("A=mini@0", 0.7, 3.2, 5), new Row("A=mini@0 B=mini@0", 0.9, 6, 9));
        var point = PlanComparison.Of(s_old, slower).Points.Single(one => one is { Kind: FrontierPointKind.EqualLatency, Name: "c02" });
        Assert.Equal("c02", point.New!.Id);
        var strict = PlanComparison.Of(s_old, slower, new PlanLimits { MaxAccuracyLoss = 0.01, MaxP95Growth = 0.05 });
        var violation = Assert.Single(strict.Violations);
        Assert.Equal((FrontierPointKind.EqualLatency, "c02"), (violation.Point.Kind, violation.Point.Name));
        Assert.Equal(0.2, violation.Actual, 12);
    }

    [Fact]
    public void At_equal_accuracy_the_least_tail_counts()
    {
        var slower = Plan(new Row("A=nano@0", 0.5, 1, 2), new Row("A=mini@0 B=nano@0", 0.695, 4, 5.2), new Row("A=mini@0 B=mini@0", 0.9, 6, 9));
        var point = PlanComparison.Of(s_old, slower).Points.Single(one => one is { Kind: FrontierPointKind.EqualAccuracy, Name: "c02" });
        Assert.Equal("c02", point.New!.Id);
        Assert.Equal(0.04, point.P95!.Value.Growth!.Value, 12);
    }

    [Fact]
    public void Where_nothing_is_as_fast_or_as_accurate_there_is_no_point()
    {
        var comparison = PlanComparison.Of(s_old, Plan(new Row("A=mini@0", 0.7, 3, 5)), new PlanLimits { MaxAccuracyLoss = 0.01 });
        Assert.Null(comparison.Points.Single(one => one is { Kind: FrontierPointKind.EqualLatency, Name: "c01" }).New);
        Assert.Null(comparison.Points.Single(one => one is { Kind: FrontierPointKind.EqualAccuracy, Name: "c03" }).New);
        Assert.Equal("most accurate", Assert.Single(comparison.Violations).Point.Name);
    }

    [Fact]
    public void Where_a_plan_has_no_tail_means_are_compared()
    {
        var comparison = PlanComparison.Of(s_old, Plan(new Row("A=nano@0", 0.5, 1.5, null)));
        Assert.Equal(0.5, comparison.Configurations[0].P95!.Value.Growth!.Value, 12);
    }

    [Fact]
    public void A_tail_with_intervals_changes_within_noise_or_not_and_intervals_that_one_plan_lacks_are_no_change()
    {
        PlanDocument With(double p95, EstimateInterval? tails) => Plan(new Row("A=nano@0", 0.5, 1, p95) { Tails = tails });
        Assert.True(PlanComparison.Of(With(2, new(1.8, 2.2)), With(2.2, new(2, 2.4))).Configurations[0].P95!.Value.IsWithinNoise);
        Assert.False(PlanComparison.Of(With(2, new(1.9, 2.1)), With(2.2, new(2.1, 2.3))).Configurations[0].P95!.Value.IsWithinNoise);
        Assert.Null(PlanComparison.Of(With(2, null), With(2.2, new(2.1, 2.3))).Configurations[0].P95!.Value.IsWithinNoise);

        Assert.True(PlanComparison.Of(With(2, null), With(2, new(1.9, 2.1))).Configurations[0].IsUnchanged);
        Assert.True(PlanComparison.Of(With(2, new(1.9, 2.1)), With(2, null)).Configurations[0].IsUnchanged);
        Assert.False(PlanComparison.Of(With(2, new(1.8, 2.1)), With(2, new(1.9, 2.1))).Configurations[0].IsUnchanged);
    }

    private static PlanProvenance Provenance(string hardware, params (string Model, string Identity)[] models) => new()
    {
        ToolVersion = "1",
        ProfileHash = "p",
        Cases = 9,
        Seed = 1,
        Models = models.ToDictionary(model => model.Model, model => model.Identity),
        Hardware = hardware,
        Concurrency = 2,
    };

    [Fact]
    public void Corrected_accuracies_are_compared_with_corrected_ones_and_recorded_with_recorded()
    {
        var (recorded, corrected) = (Plan(new Row("A=mini@0", 0.9, 1, null)), Plan(new Row("A=mini@0", 0.8, 1, null) { Recorded = 0.9 }));
        var lower = Plan(new Row("A=mini@0", 0.75, 1, null) { Recorded = 0.9 });
        Assert.All(PlanComparison.Of(recorded, corrected).Points, point => Assert.Equal(0, point.Accuracy?.Change ?? 0));
        Assert.All(PlanComparison.Of(corrected, recorded).Points, point => Assert.Equal(0, point.Accuracy?.Change ?? 0));
        Assert.Contains(PlanComparison.Of(corrected, lower).Points, point => point.Accuracy is { } accuracy && Math.Abs(accuracy.Change + 0.05) < 1e-9);
    }

    private static PlanDocument Plan(params Row[] rows) => Plan(rows, graph: null);

    private static PlanDocument Plan(Row[] rows, WorkflowGraph? graph = null, PlanProvenance? provenance = null, string schedule = "parallel")
    {
        graph ??= new WorkflowGraph("w", [Agent("A"), Optional("B", From("A"))], "B");
        var configurations = rows.Select((row, i) =>
        {
            var (_, settings) = ConfigurationText.Read(graph, row.Text);
            var structure = new StructureSpace(graph).TryResolve([.. settings.Select(setting => setting is null ? 0 : 1)], out _)!;
            return new WorkflowConfiguration($"c{i + 1:D2}", structure, settings, new Estimate
            {
                Accuracy = row.Accuracy,
                RecordedAccuracy = row.Recorded,
                LatencySeconds = row.Latency,
                LatencyP95Seconds = row.P95,
                AccuracyInterval = row.Accuracies,
                LatencyP95Interval = row.Tails,
            });
        });
        return PlanFile.ParseDocument(PlanFile.Serialize(new WorkflowPlan(graph.Name, graph.Hash, "paired", schedule, [.. configurations], provenance), graph), "plan.json");
    }

    private sealed record Row(string Text, double Accuracy, double Latency, double? P95)
    {
        public double? Recorded { get; init; }

        public EstimateInterval? Accuracies { get; init; }

        public EstimateInterval? Tails { get; init; }
    }
}
