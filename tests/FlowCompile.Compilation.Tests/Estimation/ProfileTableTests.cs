using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

public sealed class ProfileTableTests
{
    private static readonly WorkflowGraph s_graph = new("small", [Agent("A"), Tool("T", From("A"))], "T");

    [Theory]
    [InlineData(1.5, 1, 0, "has an accuracy of 1.5, which is not from 0 to 1")]
    [InlineData(double.NaN, 1, 0, "has an accuracy of NaN, which is not from 0 to 1")]
    [InlineData(0.5, -1, 0, "has a latency of -1 s")]
    [InlineData(0.5, double.PositiveInfinity, 0, "has a latency of Infinity s")]
    [InlineData(0.5, 1, -2, "has a cost of -2")]
    public void A_number_out_of_range_is_refused(double accuracy, double latency, double cost, string problem) => Assert.Equal(
        $"In the profile of 'A' the setting m@0 {problem}; profile the workflow again.",
        Refused("A", new SettingProfile(new Setting("m", 0), accuracy, latency, cost, 1)));

    [Fact]
    public void A_setting_that_is_there_twice_is_refused()
    {
        var row = new SettingProfile(new Setting("m", 0), 0.5, 1, 0, 1);
        Assert.Contains("is there twice", Refused("A", row, row), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B")]
    [InlineData("T")]
    public void Rows_for_what_is_no_sub_agent_are_refused(string node) =>
        Assert.Contains($"'{node}', which is none of its sub-agents", Refused(node), StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_was_not_measured_cannot_be_estimated()
    {
        var profile = s_graph.Profile(("A", 0.5, 1));
        var configuration = new Plans.WorkflowConfiguration("c", new StructureSpace(s_graph).Largest, [new Setting("other", 0), null]);
        Assert.Contains(
            "'A' was not measured under other@0",
            Assert.Throws<CompileException>(() => new IndependentProxy(profile, Schedule.Parallel).Estimate(configuration)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, 0.4)]
    [InlineData(-0.1, 1.1)]
    public void Branch_probabilities_that_are_none_are_refused(double easy, double hard) => Assert.Throws<CompileException>(() => new BranchProbabilities(
        new Dictionary<string, IReadOnlyDictionary<string, double>> { ["R"] = new Dictionary<string, double> { ["\"easy\""] = easy, ["\"hard\""] = hard } }));

    private static string Refused(string node, params SettingProfile[] rows) => Assert.Throws<CompileException>(
        () => new ProfileTable(s_graph, new Dictionary<string, IReadOnlyList<SettingProfile>> { [node] = rows })).Message;
}
