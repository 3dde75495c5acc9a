using FlowCompile.Graph;
using FlowCompile.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace FlowCompile.Compilation.Tests;

/// <summary>The frontier under the paired proxy against that of all configurations.</summary>
public sealed class PairedFrontierTests
{
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void The_search_finds_nearly_all_of_the_frontier(Schedule schedule)
    {
        var ratios = new List<double>();
        Check(40, seed =>
        {
            var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
            var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 4);
            var all = All(records.Profile).ToList();
            if (all.Count is 0 or > 20_000)
            {
                return;
            }

            var proxy = new PairedProxy(records.Recorded, schedule, branches);
            var exhaustive = all.Select(one => proxy.Evaluate(one.Structure, one.Settings)).ToList();
            var search = new PairedSearch(records.Profile, [.. Structures(records.Profile)], proxy, Two);
            foreach (var uniform in Structures(records.Profile).SelectMany(structure => WidenPass.Uniform(records.Profile, structure)))
            {
                search.Offer(uniform);
            }

            Assert.True(search.Run(100_000, CancellationToken.None));
            var slowest = exhaustive.Max(point => point.Latency);
            var whole = Hypervolume(exhaustive.Select(one => (one.Accuracy, one.Latency)), slowest);
            if (whole > 0)
            {
                ratios.Add(Hypervolume(search.Front.Select(one => (one.Values.Accuracy, one.Values.Latency)), slowest) / whole);
            }
        });
        Assert.True(ratios.Count > 20, $"only {ratios.Count} workflows were small enough to go through");
        Assert.True(ratios.Average() >= 0.99 && ratios.Min() >= 0.9, $"mean {ratios.Average()}, least {ratios.Min()} of the hypervolume");
        Assert.True(ratios.Max() <= 1 + 1e-9, $"{ratios.Max()} of the hypervolume: more than there is");
    }

    [Fact]
    public void No_configuration_of_a_plan_dominates_another_and_the_same_profile_gives_the_same_plan() => Check(60, seed =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
        var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 3);
        if (!All(records.Profile).Any())
        {
            return;
        }

        var plan = FlowCompiler.Compile(records.Profile, new CompileOptions { Branches = branches }).Plan;
        Assert.Equal("paired", plan.Proxy);
        Assert.All(plan.Configurations, a => Assert.DoesNotContain(plan.Configurations, b =>
            b != a && b.Estimate!.Accuracy >= a.Estimate!.Accuracy && b.Estimate.LatencySeconds <= a.Estimate.LatencySeconds));
        var again = FlowCompiler.Compile(records.Profile, new CompileOptions { Branches = branches }).Plan;
        Assert.Equal(PlanFile.Serialize(plan, profile.Graph), PlanFile.Serialize(again, profile.Graph));
    });

    [Fact]
    public void A_profile_of_means_is_compiled_with_the_independent_proxy()
    {
        var (profile, branches) = RandomWorkflow.Create(1);
        Assert.Equal("independent", FlowCompiler.Compile(profile, new CompileOptions { Branches = branches }).Plan.Proxy);
        var error = Assert.Throws<CompileException>(() => FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Superstep }));
        Assert.Contains("superstep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_independent_proxy_can_be_chosen()
    {
        var records = new RandomRecords(RandomWorkflow.Create(3).Profile.Graph, 3, cases: 5, settings: 2);
        var plan = FlowCompiler.Compile(records.Profile, new CompileOptions { Proxy = ProxyKind.Independent }).Plan;
        Assert.Equal("independent", plan.Proxy);
        Assert.All(plan.Configurations, one => Assert.Null(one.Estimate!.AccuracyInterval));
    }

    [Fact]
    public void Baselines_are_never_above_the_frontier() => Check(40, seed =>
    {
        var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 3);
        var records = new RandomRecords(profile.Graph, seed, cases: 8, settings: 2);
        if (All(records.Profile).Any())
        {
            var compiled = FlowCompiler.Compile(records.Profile, new CompileOptions { Branches = branches, Objectives = Two });
            Assert.Contains(compiled.Baselines, one => one.Kind == BaselineKind.BestUniform);
            Assert.Contains(compiled.Baselines, one => one.Kind == BaselineKind.Random);
            Assert.Equal(compiled.Baselines.Count, compiled.Baselines.Select(one => one.Kind).Distinct().Count());
            Assert.All(compiled.Baselines, one => Assert.NotNull(one.Configuration.Estimate!.AccuracyInterval));
        }
    });

    private static IEnumerable<Candidate> All(ProfileTable profile) => Structures(profile).SelectMany(structure => AllConfigurations.Of(profile, structure));

    private static IEnumerable<WorkflowStructure> Structures(ProfileTable profile) =>
        new StructureSpace(profile.Graph).Enumerate().Where(structure => structure.ToText(profile.Graph).Length > 0);

    /// <summary>What points dominate between no accuracy at the latency given, and perfection.</summary>
    private static double Hypervolume(IEnumerable<(double Accuracy, double Latency)> points, double slowest)
    {
        var (volume, best) = (0.0, 0.0);
        foreach (var (accuracy, latency) in points.OrderBy(point => point.Latency).ThenByDescending(point => point.Accuracy))
        {
            volume += Math.Max(0, accuracy - best) * ((slowest * 1.01) - latency);
            best = Math.Max(best, accuracy);
        }

        return volume;
    }

    private static void Check(int count, Action<int> property) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(new Replay(new Rnd(20260101, 1), Microsoft.FSharp.Core.FSharpOption<int>.None)),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
