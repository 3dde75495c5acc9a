using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What choosing gains on the measured cases, and that the estimates and intervals of a plan allow for it.</summary>
public sealed class ChoiceBootstrapTests
{
    private const double Right = 0.7;
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;

    [Fact]
    public void The_best_of_many_equally_good_settings_is_no_better_and_its_interval_says_so()
    {
        const int seeds = 60;
        var (bias, left, without, with) = (0.0, 0.0, 0, 0);
        for (var seed = 0; seed < seeds; seed++)
        {
            var profile = Profile(seed, cases: 60, [.. Enumerable.Repeat(Right, 40)]);
            var estimate = Assert.Single(FlowCompiler.Compile(profile).Plan.Configurations).Estimate!;
            bias += (estimate.RecordedAccuracy!.Value - Right) / seeds;
            left += (estimate.Accuracy - Right) / seeds;
            without += Naive(profile).AccuracyInterval!.Value.Contains(Right) ? 1 : 0;
            with += estimate.AccuracyInterval!.Value.Contains(Right) ? 1 : 0;
        }

        // The best of 40 is ahead by 2.2 times the sampling error of .059.
        Assert.InRange(bias, 0.11, 0.15);
        Assert.InRange(left, -0.02, 0.02);
        Assert.InRange(without, 0, seeds / 5);
        Assert.InRange(with, seeds * 9 / 10, seeds);
    }

    [Fact]
    public void What_nothing_else_comes_near_stays_as_it_is()
    {
        Assert.Equal((0, 0), Assert.Single(GainsOf(Profile(1, cases: 60, [0.95, 0.1, 0.2]))));
        AssertUnchanged(Profile(1, cases: 60, [0.95, 0.1, 0.2]), Two);
    }

    [Fact]
    public void Where_there_is_no_choice_nothing_changes() => AssertUnchanged(Profile(2, cases: 40, [Right]), Two);

    [Fact]
    public void Nothing_changes_where_accuracy_is_no_objective() =>
        AssertUnchanged(Profile(3, cases: 40, [.. Enumerable.Repeat(Right, 20)]), Objectives.Latency | Objectives.Cost);

    [Theory]
    [InlineData(Schedule.Parallel, Two)]
    [InlineData(Schedule.Sequential, Two | Objectives.Cost)]
    [InlineData(Schedule.Superstep, Objectives.Accuracy | Objectives.Energy)]
    public void Only_the_accuracy_and_its_lower_end_move_and_the_same_profile_moves_them_the_same(Schedule schedule, Objectives objectives)
    {
        var moved = 0;
        for (var seed = 0; seed < 12; seed++)
        {
            var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 3);
            var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 3);
            var options = new CompileOptions { Branches = branches, Objectives = objectives, Schedule = schedule, KeepAll = true };
            IReadOnlyList<WorkflowConfiguration> plan;
            try
            {
                plan = FlowCompiler.Compile(records.Profile, options).Plan.Configurations;
            }
            catch (CompileException)
            {
                continue; // no structure runs
            }

            var proxy = new PairedProxy(records.Recorded, schedule, branches);
            foreach (var one in plan)
            {
                var before = proxy.Estimate(one);
                var (low, high) = (one.Estimate!.AccuracyInterval!.Value.Low, before.AccuracyInterval!.Value.High);
                var accuracy = one.Estimate.Accuracy;
                Assert.Equal(before with { Accuracy = accuracy, RecordedAccuracy = before.Accuracy, AccuracyInterval = new EstimateInterval(low, high) }, one.Estimate);
                Assert.InRange(accuracy, 0, before.Accuracy);
                Assert.InRange(low, 0, Math.Min(accuracy, before.AccuracyInterval.Value.Low));
                moved += low < before.AccuracyInterval.Value.Low ? 1 : 0;
            }

            Assert.Equal(plan.Select(one => one.Estimate), FlowCompiler.Compile(records.Profile, options).Plan.Configurations.Select(one => one.Estimate));
        }

        Assert.True(moved > 0);
    }

    private static void AssertUnchanged(ProfileTable profile, Objectives objectives)
    {
        var proxy = new PairedProxy(profile.Recorded!, Schedule.Parallel);
        double? Recorded(Estimate estimate) => objectives.HasFlag(Objectives.Accuracy) ? estimate.Accuracy : null;
        Assert.All(FlowCompiler.Compile(profile, new CompileOptions { Objectives = objectives }).Plan.Configurations, one =>
        {
            var before = proxy.Estimate(one);
            Assert.Equal(before with { RecordedAccuracy = Recorded(before) }, one.Estimate);
        });
    }

    private static Estimate Naive(ProfileTable profile) =>
        new PairedProxy(profile.Recorded!, Schedule.Parallel).Estimate(FlowCompiler.Compile(profile).Plan.Configurations[0]);

    private static (double Gain, double Lower)[] GainsOf(ProfileTable profile)
    {
        var proxy = new PairedProxy(profile.Recorded!, Schedule.Parallel);
        var plan = FlowCompiler.Compile(profile).Plan.Configurations;
        var looked = AllConfigurations.Of(profile, new StructureSpace(profile.Graph).Largest)
            .Select(one => new CandidateEntry(one, proxy.Evaluate(one.Structure, one.Settings), 0)).ToList();
        return new ChoiceBootstrap(ChoicePool.Of(plan, looked, proxy, Two, CancellationToken.None), plan.Count, Two).Run(proxy.Draws);
    }

    /// <summary>One sub-agent with settings that are equally fast, each right on a case by the toss of a coin of its own.</summary>
    private static ProfileTable Profile(int seed, int cases, double[] right)
    {
        var random = new Random((seed * 7919) + 13);
        var graph = new WorkflowGraph("w", [Agent("A")], "A");
        var rows = right.Select((one, i) => (Node: 0, Setting: new Setting($"m{i}", 0), Cost: 0.0, Calls: (IReadOnlyCollection<RecordedCall>)
            [.. Enumerable.Range(0, cases).Select(c => new RecordedCall(c, InputState.Right, random.NextDouble() < one ? 1 : 0, 1))])).ToList();
        return new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] = [.. rows.Select(row => new SettingProfile(row.Setting, row.Calls.Average(call => call.Score), 1, 0, cases))],
        })
        { Recorded = new RecordedOutcomes(graph, cases, rows) };
    }
}
