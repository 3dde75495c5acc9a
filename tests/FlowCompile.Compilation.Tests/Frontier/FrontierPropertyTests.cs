using CsCheck;
using FlowCompile.Graph;
using FlowCompile.Testing;

namespace FlowCompile.Compilation.Tests;

/// <summary>On random small graphs of every node kind: the compiler against going through everything.</summary>
public sealed class FrontierPropertyTests
{
    private const double Tolerance = 1e-9;
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;

    [Theory]
    [InlineData(Schedule.Sequential, Two)]
    [InlineData(Schedule.Parallel, Two)]
    [InlineData(Schedule.Sequential, Two | Objectives.Cost)]
    [InlineData(Schedule.Parallel, Two | Objectives.Cost)]
    [InlineData(Schedule.Parallel, Objectives.Accuracy | Objectives.Cost)]
    [InlineData(Schedule.Parallel, Objectives.Latency | Objectives.Cost)]
    [InlineData(Schedule.Sequential, Objectives.Accuracy | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Objectives.Latency | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Objectives.Cost | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Two | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Objectives.Accuracy | Objectives.Cost | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Objectives.Latency | Objectives.Cost | Objectives.Energy)]
    [InlineData(Schedule.Sequential, Two | Objectives.Cost | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Two | Objectives.Cost | Objectives.Energy)]
    public void The_frontier_is_that_of_all_configurations(Schedule schedule, Objectives objectives) => Check(maxAgents: 5, (seed, agents) =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, agents);
        var force = new BruteForce(profile, schedule, branches);
        if (force.Count() > 2000)
        {
            return;
        }

        var all = force.All().ToList();
        if (all.Count == 0)
        {
            Assert.Throws<CompileException>(() => Compile(profile, schedule, objectives, branches));
            return;
        }

        AssertSame(BruteForce.Front(all, objectives), Compile(profile, schedule, objectives, branches), objectives);
    });

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    public void No_configuration_of_a_plan_dominates_another(Schedule schedule) => Check(maxAgents: 7, (seed, agents) =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, agents);
        if (TryCompile(profile, schedule, Two, branches) is { } front)
        {
            Assert.All(front, a => Assert.DoesNotContain(front, b => b != a && b.Accuracy >= a.Accuracy && b.Latency <= a.Latency));
        }
    });

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    public void The_order_of_declaration_does_not_matter(Schedule schedule) => Check(maxAgents: 7, (seed, agents) =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, agents);
        if (TryCompile(profile, schedule, Two, branches) is { } front)
        {
            AssertSame(front, Compile(RandomWorkflow.Shuffle(profile, seed), schedule, Two, branches), Two);
        }
    });

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    public void Better_calls_never_make_a_workflow_worse(Schedule schedule) => Check(maxAgents: 7, (seed, agents) =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, agents);
        if (TryCompile(profile, schedule, Two, branches) is not { } front)
        {
            return;
        }

        var better = Compile(RandomWorkflow.Improve(profile, seed), schedule, Two, branches);
        Assert.All(front, point => Assert.True(
            better.Exists(other => other.Accuracy >= point.Accuracy - Tolerance && other.Latency <= point.Latency + Tolerance),
            $"nothing is as good as {point} any more"));
    });

    private static List<CallValues>? TryCompile(ProfileTable profile, Schedule schedule, Objectives objectives, BranchProbabilities branches) =>
        new StructureSpace(profile.Graph).Enumerate().Any(structure => structure.ToText(profile.Graph).Length > 0)
            ? Compile(profile, schedule, objectives, branches)
            : null;

    private static List<CallValues> Compile(ProfileTable profile, Schedule schedule, Objectives objectives, BranchProbabilities branches)
    {
        var options = new CompileOptions { Schedule = schedule, Objectives = objectives, Branches = branches, SettingPerCall = true };
        return [.. FlowCompiler.Compile(profile, options).Plan.Configurations.Select(configuration => configuration.Estimate!)
            .Select(estimate => new CallValues(estimate.Accuracy, estimate.LatencySeconds, estimate.Cost, estimate.EnergyJoules!.Value))];
    }

    // Rounding may order points differently that are the same but for a trillionth, so of each front every point is to be matched in the
    // other by one that is as good.
    private static void AssertSame(List<CallValues> expected, List<CallValues> actual, Objectives objectives)
    {
        string Both() => $"expected {string.Join(' ', expected)}, got {string.Join(' ', actual)}";
        Assert.All(expected, point => Assert.True(actual.Exists(other => IsAsGood(other, point, objectives)), Both()));
        Assert.All(actual, point => Assert.True(expected.Exists(other => IsAsGood(other, point, objectives)), Both()));
    }

    private static bool IsAsGood(CallValues a, CallValues b, Objectives objectives) =>
        (!objectives.HasFlag(Objectives.Accuracy) || a.Accuracy >= b.Accuracy - Tolerance)
        && (!objectives.HasFlag(Objectives.Latency) || a.Latency <= b.Latency + Tolerance)
        && (!objectives.HasFlag(Objectives.Cost) || a.Cost <= b.Cost + Tolerance)
        && (!objectives.HasFlag(Objectives.Energy) || a.Energy <= b.Energy + Tolerance);

    // Most workflows may have as many sub-agents as the test allows; one that fails is reported with the fewest that it fails with.
    private static void Check(int maxAgents, Action<int, int> property) =>
        PropertyCheck.Holds(Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 8 * maxAgents]), 400, sample => property(sample.Item1, Math.Min(sample.Item2, maxAgents)));
}
