using CsCheck;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Testing;

namespace FlowCompile.Compilation.Tests;

/// <summary>The frontier under the paired proxy against that of all configurations.</summary>
public sealed class PairedFrontierTests
{
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;

    [Theory]
    [InlineData(Schedule.Sequential, Two)]
    [InlineData(Schedule.Parallel, Two)]
    [InlineData(Schedule.Superstep, Two)]
    [InlineData(Schedule.Sequential, Two | Objectives.Cost)]
    [InlineData(Schedule.Parallel, Two | Objectives.Cost | Objectives.Energy)]
    [InlineData(Schedule.Superstep, Objectives.Accuracy | Objectives.Energy)]
    [InlineData(Schedule.Parallel, Objectives.Latency | Objectives.Cost)]
    public void The_proof_leaves_nothing_out(Schedule schedule, Objectives objectives) => Check(300, seed =>
    {
        if (Start(seed, cases: 5, settings: 3, schedule, objectives) is not { } one)
        {
            return;
        }

        var work = long.MaxValue;
        Assert.True(one.Solver.Run(0, ref work));
        Assert.All(one.All, point => Assert.True(one.Search.Covers(point, 0), $"{point} is missing"));
        Assert.All(one.Search.Front, entry => Assert.DoesNotContain(one.Search.Front, other => other != entry && IsAsGood(other.Values, entry.Values, objectives)));
    });

    [Theory]
    [InlineData(Schedule.Sequential, 0.02)]
    [InlineData(Schedule.Parallel, 0.02)]
    [InlineData(Schedule.Superstep, 0.1)]
    public void A_coarse_proof_leaves_nothing_out_that_is_better_by_more_than_it_says(Schedule schedule, double loss) => Check(150, seed =>
    {
        if (Start(seed, cases: 8, settings: 3, schedule, Two) is { } one)
        {
            var work = long.MaxValue;
            Assert.True(one.Solver.Run(loss, ref work));
            Assert.All(one.All, point => Assert.True(one.Search.Covers(point, loss), $"{point} is better"));
        }
    });

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void Where_nothing_can_be_proven_the_search_finds_nearly_all_of_the_frontier(Schedule schedule)
    {
        var ratios = new List<double>();
        Check(120, seed =>
        {
            if (Start(seed, cases: 12, settings: 4, schedule, Two) is not { } one)
            {
                return;
            }

            Assert.True(one.Search.Run(100_000, CancellationToken.None));
            var found = one.Search.Front.Select(entry => entry.Values).ToList();
            var work = long.MaxValue;
            Assert.True(one.Solver.Run(0, ref work));
            var all = one.Search.Front.Select(entry => entry.Values).ToList();
            var slowest = all.Max(point => point.Latency);
            if (Hypervolume(all, slowest) is > 0 and var whole)
            {
                ratios.Add(Hypervolume(found, slowest) / whole);
            }
        });
        Assert.True(ratios.Count > 80, $"only {ratios.Count} workflows have a frontier");
        Assert.True(ratios.Average() >= 0.999 && ratios.Min() >= 0.95, $"mean {ratios.Average()}, least {ratios.Min()} of the hypervolume");
        Assert.True(ratios.Max() <= 1 + 1e-9, $"{ratios.Max()} of the hypervolume: more than there is");
    }

    [Fact]
    public void A_plan_says_how_much_accuracy_may_be_missing()
    {
        var records = new RandomRecords(RandomWorkflow.Create(3).Profile.Graph, 3, cases: 5, settings: 2);
        var compiled = FlowCompiler.Compile(records.Profile);
        Assert.Equal(0, compiled.AccuracyLoss);
        Assert.Contains(compiled.Steps, step => step.Pass == "prove" && step.Text.Contains("none is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void With_less_work_than_a_whole_proof_takes_a_coarse_one_or_none_is_given_and_it_says_so()
    {
        var losses = new HashSet<double?>();
        for (var seed = 0; seed < 6; seed++)
        {
            var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
            var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 4);
            var proxy = new PairedProxy(records.Recorded, Schedule.Parallel, branches);
            var all = All(records.Profile).Take(4000).Select(one => proxy.Evaluate(one.Structure, one.Settings)).ToList();
            for (var work = all.Count == 0 ? 0 : 1L << 24; work > 0; work >>= 2)
            {
                var state = Prove(records, branches, work);
                losses.Add(state.ProvenLoss);
                Assert.All(all, point => Assert.True(state.ProvenLoss is not { } loss || state.Search!.Covers(point, loss), $"{point} is better by more than {state.ProvenLoss}"));
                Assert.Contains(
                    state.ProvenLoss switch { null => "too many to prove anything of", 0 => "none is missing", _ => "none is by more than" },
                    Assert.Single(state.Steps, step => step.Pass == "prove").Text,
                    StringComparison.Ordinal);
            }
        }

        Assert.True(losses.Contains(null) && losses.Contains(0) && losses.Any(loss => loss > 0), string.Join(' ', losses));
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
        var whole = FlowCompiler.Compile(records.Profile, new CompileOptions { Branches = branches, KeepAll = true }).Plan.Configurations;
        Assert.All(whole, a => Assert.DoesNotContain(whole, b => b != a && b.Estimate!.LatencySeconds <= a.Estimate!.LatencySeconds
            && b.Estimate.RecordedAccuracy >= a.Estimate.RecordedAccuracy && b.Estimate.Accuracy >= a.Estimate.Accuracy));
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

    /// <summary>A search of a random workflow that has looked at one setting throughout; <see langword="null"/> where there is nothing to choose, or too much to go through.</summary>
    private static (PairedSearch Search, PairedSolver Solver, IEnumerable<CallValues> All)? Start(int seed, int cases, int settings, Schedule schedule, Objectives objectives)
    {
        var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
        var records = new RandomRecords(profile.Graph, seed, cases, settings);
        List<WorkflowStructure> structures = [.. Structures(records.Profile)];
        if (structures.Count == 0 || All(records.Profile).Take(4001).Count() > 4000)
        {
            return null;
        }

        var proxy = new PairedProxy(records.Recorded, schedule, branches);
        var search = new PairedSearch(records.Profile, structures, proxy, objectives, new CallOptions(records.Profile, mayDiffer: true));
        foreach (var uniform in structures.SelectMany(structure => WidenPass.Uniform(records.Profile, structure)))
        {
            search.Offer(uniform);
        }

        var solver = new PairedSolver(records.Profile, structures, proxy, search, CancellationToken.None, new CallOptions(records.Profile, mayDiffer: true));
        return (search, solver, All(records.Profile).Select(one => proxy.Evaluate(one.Structure, one.Settings)));
    }

    /// <summary>What compiling comes to without the short search before the proof.</summary>
    private static CompileState Prove(RandomRecords records, BranchProbabilities branches, long work)
    {
        var state = new CompileState(records.Profile, new CompileOptions { Branches = branches }, CancellationToken.None);
        ICompilePass[] passes =
        [
            new FilterPass(), new PruneSettingsPass(), new DecomposePass(), new ComposePass(), new MergeStructuresPass(), new WidenPass(), new ReestimatePass(), new ProvePass(work),
        ];
        Array.ForEach(passes, pass => pass.Run(state));
        return state;
    }

    private static bool IsAsGood(CallValues a, CallValues b, Objectives objectives) =>
        (!objectives.HasFlag(Objectives.Accuracy) || a.Accuracy >= b.Accuracy) && (!objectives.HasFlag(Objectives.Latency) || a.Latency <= b.Latency)
        && (!objectives.HasFlag(Objectives.Cost) || a.Cost <= b.Cost) && (!objectives.HasFlag(Objectives.Energy) || a.Energy <= b.Energy);

    private static IEnumerable<Candidate> All(ProfileTable profile) => Structures(profile).SelectMany(structure => AllConfigurations.Of(profile, structure, new CallOptions(profile, mayDiffer: true)));

    private static IEnumerable<WorkflowStructure> Structures(ProfileTable profile) =>
        new StructureSpace(profile.Graph).Enumerate().Where(structure => structure.ToText(profile.Graph).Length > 0);

    /// <summary>What points dominate between no accuracy at the latency given, and perfection.</summary>
    private static double Hypervolume(IEnumerable<CallValues> points, double slowest)
    {
        var (volume, best) = (0.0, 0.0);
        foreach (var point in points.OrderBy(point => point.Latency).ThenByDescending(point => point.Accuracy))
        {
            volume += Math.Max(0, point.Accuracy - best) * ((slowest * 1.01) - point.Latency);
            best = Math.Max(best, point.Accuracy);
        }

        return volume;
    }

    private static void Check(int count, Action<int> property) => PropertyCheck.Holds(Gen.Int[0, int.MaxValue - 1], count, property);
}
