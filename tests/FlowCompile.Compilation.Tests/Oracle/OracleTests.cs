namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Random graphs of every kind against a brute force that shares nothing with the compiler but the types that go in and come out.</summary>
public class OracleTests
{
    [Fact]
    public void Structures_estimates_and_fronts_of_random_graphs_are_those_of_the_definition()
    {
        var report = OracleReport.Of(0, 500);

        Assert.True(report.Disagreeing.Count == 0, string.Join("\n", report.Disagreeing.Take(5).Select(check => check.Describe())));
        Assert.InRange(report.Skipped, 0, report.Graphs / 2);
        Assert.All(report.Traits.Where(trait => trait.Key != GraphTraits.OptionalRouter), trait => Assert.True(trait.Value > 0, $"no graph has {trait.Key}"));
        Assert.All(
            [report.OneCase, report.AllRight, report.AllWrong, report.MissingCalls, report.NoOutput, report.Threw],
            count => Assert.True(count > 0, report.ToString()));
        Assert.True(report.Mixed > 300, report.ToString());
        Assert.Equal(3, report.Schedules);
        Assert.True(report.IndependentEstimates > 5_000 && report.PairedEstimates > 1_500 && report.Fronts > 200, report.ToString());
    }
}
