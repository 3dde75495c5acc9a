using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>A tool whose candidates are too few on some branch fails the run, whatever it is reduced to.</summary>
public sealed class MinimumOfToolTests
{
    // A (.9), E when easy and H otherwise (.9), B(A) optional (1), Vote of at least three of them. Without B only two are ever there.
    private static readonly WorkflowGraph s_vote = new(
        "vote",
        [
            Agent("A"), Tool("R", Problem), When("E", "R", "easy"), Otherwise("H", "R"), Optional("B", From("A")),
            Tool("Vote", FromAny(3, "A", "E", "H", "B")),
        ],
        "Vote");

    [Theory]
    [InlineData(Schedule.Sequential, 3)]
    [InlineData(Schedule.Parallel, 2)]
    public void A_candidate_more_makes_the_difference_between_an_answer_and_none(Schedule schedule, double latency)
    {
        var profile = s_vote.Profile(("A", .9, 1), ("E", .9, 1), ("H", .9, 1), ("B", 1, 1));
        var branches = new BranchProbabilities(new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            ["R"] = new Dictionary<string, double> { ["\"easy\""] = .5, ["\"hard\""] = .5 },
        });
        var plan = FlowCompiler.Compile(profile, new CompileOptions { Schedule = schedule, Branches = branches }).Plan;
        var best = plan.Configurations[^1];
        Assert.Equal(.99, best.Estimate!.Accuracy, 9);
        Assert.Equal(latency, best.Estimate.LatencySeconds, 9);
        Assert.All(plan.Configurations.SkipLast(1), one => Assert.Equal(0, one.Estimate!.Accuracy));
    }
}
