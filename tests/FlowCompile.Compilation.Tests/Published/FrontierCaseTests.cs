namespace FlowCompile.Compilation.Tests;

public sealed class FrontierCaseTests
{
    private const double Tolerance = 1e-9;
    private const double Tie = 1e-12;

    [Theory]
    [InlineData("hotpotqa_s1")]
    [InlineData("hotpotqa_s2")]
    [InlineData("livecodebench_s1")]
    [InlineData("livecodebench_s2")]
    [InlineData("math_s1")]
    [InlineData("math_small_s1")]
    [InlineData("math_small_s2")]
    public void The_frontier_is_the_one_that_enumeration_finds(string name)
    {
        var (profile, published) = PublishedCases.Frontier(name);
        var compiled = FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Sequential });
        var expected = WithoutTies(published.Where(point => !IsOnlyUnread(point)));
        var actual = compiled.Plan.Configurations;
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Accuracy, actual[i].Estimate!.Accuracy, Tolerance);
            Assert.Equal(expected[i].Latency, actual[i].Estimate!.LatencySeconds, Tolerance);
            foreach (var (node, count) in expected[i].Counts)
            {
                Assert.Equal(count, actual[i].Structure.Counts[profile.Graph.IndexOf(node)]);
            }
        }
    }

    [Fact]
    public void Only_one_published_point_is_a_lone_call_that_nobody_reads()
    {
        Assert.Equal(0, Assert.Single(PublishedCases.Frontier("math_small_s1").Front, IsOnlyUnread).Accuracy);
        Assert.DoesNotContain(PublishedCases.Frontier("math_s1").Front, IsOnlyUnread);
        Assert.DoesNotContain(PublishedCases.Frontier("math_small_s2").Front, IsOnlyUnread);
    }

    // The published system also counts the structure in which a program is written and nothing is made of it.
    private static bool IsOnlyUnread(PublishedCases.Point point) =>
        point.Counts.GetValueOrDefault("Programmer") == 1 && point.Counts.Where(pair => pair.Key != "Programmer").All(pair => pair.Value == 0);

    private static List<PublishedCases.Point> WithoutTies(IEnumerable<PublishedCases.Point> front)
    {
        var kept = new List<PublishedCases.Point>();
        foreach (var point in front)
        {
            if (kept.Count == 0 || point.Accuracy > kept[^1].Accuracy + Tie)
            {
                kept.Add(point);
            }
        }

        return kept;
    }
}
