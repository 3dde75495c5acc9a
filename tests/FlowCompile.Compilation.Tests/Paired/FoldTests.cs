using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Which configurations of a frontier are one point of the plan.</summary>
public sealed class FoldTests
{
    private const Objectives Two = Objectives.Accuracy | Objectives.Latency;
    private const Objectives Three = Two | Objectives.Cost;

    [Fact]
    public void What_is_more_accurate_by_one_case_of_fifty_is_folded_into_the_faster_one()
    {
        var profile = Profile(50, (40, 1, 0), (41, 2, 0));
        var compiled = FlowCompiler.Compile(profile);
        Assert.Equal("A=m0@0", Assert.Single(compiled.Plan.Configurations).ToText(profile.Graph));
        var folded = Assert.Single(compiled.Folded);
        Assert.Equal(("c01/1", "A=m1@0", "c01"), (folded.Configuration.Id, folded.Configuration.ToText(profile.Graph), folded.Into.Id));
        Assert.False(folded.Difference.IsToldApart);
        Assert.InRange(folded.Difference.Mean, folded.Difference.Low, folded.Difference.High);
        Assert.Equal(1, compiled.Plan.Folded);
        Assert.Equal(0.02, compiled.Plan.FoldedLoss!.Value, 1e-12);
        Assert.Equal(0, compiled.AccuracyLoss);
    }

    [Fact]
    public void All_are_kept_where_it_is_asked_for()
    {
        var compiled = FlowCompiler.Compile(Profile(50, (40, 1, 0), (41, 2, 0)), new CompileOptions { KeepAll = true });
        Assert.Equal(["c01", "c02"], compiled.Plan.Configurations.Select(one => one.Id));
        Assert.Empty(compiled.Folded);
        Assert.Null(compiled.Plan.Folded);
        Assert.Null(compiled.Plan.FoldedLoss);
    }

    [Fact]
    public void What_is_really_more_accurate_stays()
    {
        var plan = FlowCompiler.Compile(Profile(50, (25, 1, 0), (45, 2, 0))).Plan;
        Assert.Equal([0.5, 0.9], plan.Configurations.Select(one => one.Estimate!.RecordedAccuracy!.Value));
        Assert.Null(plan.Folded);
    }

    [Fact]
    public void What_cannot_be_told_apart_stays_where_more_than_the_tolerance_would_be_lost()
    {
        // 5 and 8 of 10: nobody can tell, but a tenth more is expected even so.
        var compiled = FlowCompiler.Compile(Profile(10, (5, 1, 0), (8, 2, 0)));
        Assert.Equal(2, compiled.Plan.Configurations.Count);
        Assert.True(compiled.Plan.Configurations[1].Estimate!.Accuracy - compiled.Plan.Configurations[0].Estimate!.Accuracy > FoldPass.Tolerance);
    }

    [Fact]
    public void What_is_ahead_by_less_than_its_noise_is_folded_whatever_it_is() => Assert.Single(FlowCompiler.Compile(Profile(10, (5, 1, 0), (7, 2, 0))).Plan.Configurations);

    [Fact]
    public void Of_a_difference_the_noise_is_taken_off()
    {
        // s^2 / d: of 0.2 with an error of 0.1 three quarters are left; what is below its error is nothing.
        Assert.Equal(0.15, AccuracyDifference.Of(0.2, 0.1).Expected, 1e-12);
        Assert.Equal(-0.15, AccuracyDifference.Of(-0.2, 0.1).Expected, 1e-12);
        Assert.Equal(0, AccuracyDifference.Of(0.09, 0.1).Expected);
        Assert.Equal(0.2, AccuracyDifference.Of(0.2, 0).Expected);
        Assert.True(AccuracyDifference.Of(0.165, 0.1).IsToldApart);
        Assert.False(AccuracyDifference.Of(0.164, 0.1).IsToldApart);
    }

    [Fact]
    public void What_stays_is_corrected_for_staying_too_and_stays_ahead()
    {
        // Of many that are equally good one is ahead by chance: choosing has gained that, and staying selects what was ahead by most.
        var options = new CompileOptions();
        var (corrected, compared) = (0, 0);
        for (var seed = 1; seed <= 20; seed++)
        {
            var profile = new KnownTruth.KnownWorld(KnownTruth.KnownWorldKind.Gradient).Draw(100, seed);
            var (plan, whole) = (FlowCompiler.Compile(profile, options).Plan.Configurations, FlowCompiler.Compile(profile, options with { KeepAll = true }).Plan.Configurations);
            foreach (var (i, one) in plan.Index())
            {
                var chosen = whole.Single(other => other.ToText(profile.Graph) == one.ToText(profile.Graph)).Estimate!;
                Assert.Equal(chosen.RecordedAccuracy, one.Estimate!.RecordedAccuracy);
                Assert.True(one.Estimate.Accuracy <= chosen.Accuracy + 1e-12);
                Assert.True(one.Estimate.AccuracyInterval!.Value.Contains(one.Estimate.Accuracy));
                Assert.True(i == 0 || one.Estimate.Accuracy > plan[i - 1].Estimate!.Accuracy);
                Assert.True(i > 0 || one.Estimate.Accuracy == chosen.Accuracy);
                (corrected, compared) = (corrected + (one.Estimate.Accuracy < chosen.Accuracy ? 1 : 0), compared + (i > 0 ? 1 : 0));
            }
        }

        Assert.True(corrected > compared / 2);
    }

    [Fact]
    public void What_spends_less_of_something_is_never_folded()
    {
        // As accurate, slower and cheaper; then slower and not cheaper.
        Assert.Equal(2, FlowCompiler.Compile(Profile(50, (40, 1, 2), (41, 2, 1)), new CompileOptions { Objectives = Three }).Plan.Configurations.Count);
        Assert.Single(FlowCompiler.Compile(Profile(50, (40, 1, 2), (41, 2, 2)), new CompileOptions { Objectives = Three }).Plan.Configurations);
    }

    [Fact]
    public void Without_accuracy_among_the_objectives_nothing_is_folded()
    {
        var plan = FlowCompiler.Compile(Profile(50, (40, 1, 2), (40, 2, 1)), new CompileOptions { Objectives = Objectives.Latency | Objectives.Cost }).Plan;
        Assert.Equal(2, plan.Configurations.Count);
    }

    [Theory]
    [InlineData(Two)]
    [InlineData(Three)]
    [InlineData(Objectives.Accuracy | Objectives.Energy)]
    [InlineData(Three | Objectives.Energy)]
    public void Of_the_whole_frontier_each_is_in_the_plan_or_folded_into_one_that_spends_no_more(Objectives objectives)
    {
        var folded = 0;
        for (var seed = 0; seed < 25; seed++)
        {
            var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 3);
            var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 3);
            var options = new CompileOptions { Branches = branches, Objectives = objectives };
            if (RandomConfigurations.Measured(records.Profile).Count == 0)
            {
                continue;
            }

            var (compiled, whole) = (FlowCompiler.Compile(records.Profile, options), FlowCompiler.Compile(records.Profile, options with { KeepAll = true }));
            var plan = compiled.Plan.Configurations;
            folded += compiled.Folded.Count;
            Assert.Equal(compiled.Folded.Count, compiled.Plan.Folded ?? 0);
            Assert.All(compiled.Folded, one => AssertStandsFor(one, compiled.Plan.FoldedLoss!.Value, objectives));
            var here = plan.Concat(compiled.Folded.Select(one => one.Configuration)).Select(one => one.ToText(profile.Graph)).ToHashSet();
            Assert.Equal(plan.Count + compiled.Folded.Count, here.Count);

            // A single sub-agent that the whole plan has besides its frontier need not be here.
            var missing = whole.Plan.Configurations.Where(one => !here.Contains(one.ToText(profile.Graph))).ToList();
            Assert.All(missing, one => Assert.Equal(1, SingleSubAgentsPass.Calls(profile.Graph, one.Structure)));

            // Of those that spend no more, none in the plan is as accurate.
            Assert.All(plan, one => Assert.DoesNotContain(plan, other => other != one && SpendsNoMore(other, one, objectives) && other.Estimate!.Accuracy >= one.Estimate!.Accuracy));
        }

        Assert.True(folded > 0);
    }

    [Fact]
    public void Single_sub_agents_are_always_compared()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (profile, branches) = RandomWorkflow.Create(seed, maxAgents: 4);
            var records = new RandomRecords(profile.Graph, seed, cases: 12, settings: 3);
            var structures = RandomConfigurations.Measured(records.Profile);
            if (structures.Count == 0)
            {
                continue;
            }

            var proxy = new PairedProxy(records.Recorded, Schedule.Parallel, branches);
            var rivals = FlowCompiler.Compile(records.Profile, new CompileOptions { Branches = branches }).Rivals.Select(one => one.Estimate!).ToList();
            foreach (var single in structures.Where(one => SingleSubAgentsPass.Calls(profile.Graph, one) == 1).SelectMany(one => WidenPass.Uniform(records.Profile, one)))
            {
                var values = proxy.Evaluate(single.Structure, single.Settings);
                Assert.Contains(rivals, one => one.RecordedAccuracy >= values.Accuracy - 1e-9 && one.LatencySeconds <= values.Latency + 1e-9);
            }
        }
    }

    [Fact]
    public void An_explanation_says_what_stands_for_what_and_what_is_beaten_by_noise_only()
    {
        var profile = Profile(50, (40, 1, 0), (41, 2, 0));
        var compiled = FlowCompiler.Compile(profile);
        var explainer = new FrontierExplainer(profile, new CompileOptions(), compiled);
        var folded = explainer.Explain("A=m1@0");
        Assert.Equal((ConfigurationVerdict.Folded, "c01"), (folded.Verdict, folded.Folded!.Into.Id));
        Assert.Equal(folded.Text, explainer.Explain("c01/1").Text);
        Assert.Equal("A=m1@0", Assert.Single(explainer.Explain("c01").StandsFor).Configuration.ToText(profile.Graph));
        Assert.Null(explainer.Explain("c01").BeatsByNoise);

        var all = new CompileOptions { KeepAll = true };
        var beaten = new FrontierExplainer(profile, all, FlowCompiler.Compile(profile, all)).Explain("c02").BeatsByNoise;
        Assert.Equal("A=m0@0", beaten!.Configuration.ToText(profile.Graph));
        Assert.InRange(0, beaten.Difference.Low, beaten.Difference.High);
    }

    [Fact]
    public void An_explanation_says_where_what_is_dominated_is_so_by_noise_only()
    {
        var profile = Profile(50, (41, 1, 0), (40, 2, 0), (5, 3, 0));
        var explainer = new FrontierExplainer(profile, new CompileOptions(), FlowCompiler.Compile(profile));
        var near = Assert.Single(explainer.Explain("A=m1@0").DominatedBy);
        Assert.True(near.IsMoreAccurateByNoiseOnly);
        Assert.False(Assert.Single(explainer.Explain("A=m2@0").DominatedBy).IsMoreAccurateByNoiseOnly);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_runs_have_put_behind_is_folded_into_what_spends_no_more(bool keepAll)
    {
        // A is right on half of the cases in 1 s, A and B on nine of ten in 2 s; in runs of the whole workflow A does what was composed, and both together are never right.
        var graph = new WorkflowGraph("w", [Optional("A"), Optional("B"), Tool("Pick", FromAny(1, "A", "B"))], "Pick");
        string[] cases = [.. Enumerable.Range(0, 50).Select(i => $"case {i}")];
        var rows = new[] { (Node: 0, Right: 25, Latency: 1.0), (Node: 1, Right: 45, Latency: 2.0) }.Select(one => (one.Node, Setting: new Setting("m", 0), Cost: 0.0, Calls: (IReadOnlyCollection<RecordedCall>)
            [.. cases.Select((_, i) => new RecordedCall(i, InputState.Right, i < one.Right ? 1 : 0, one.Latency))])).ToList();
        var table = new ProfileTable(graph, rows.ToDictionary(row => graph.Nodes[row.Node].Name, row => (IReadOnlyList<SettingProfile>)
            [new SettingProfile(row.Setting, row.Calls.Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, cases.Length)]))
        {
            Recorded = new RecordedOutcomes(graph, cases.Length, rows) { CaseIds = cases },
            Runs = [.. cases.SelectMany((id, i) => new[] { Run("A=m@0", id, i < 25 ? 1 : 0, 1), Run("A=m@0 B=m@0", id, 0, 2) })],
        };
        var compiled = FlowCompiler.Compile(table, new CompileOptions { KeepAll = keepAll });
        if (keepAll)
        {
            Assert.Equal(["A=m@0", "A=m@0 B=m@0"], compiled.Plan.Configurations.Select(one => one.ToText(graph)));
            Assert.True(compiled.Plan.Configurations[0].Estimate!.Accuracy > compiled.Plan.Configurations[1].Estimate!.Accuracy);
            return;
        }

        Assert.Equal("A=m@0", Assert.Single(compiled.Plan.Configurations).ToText(graph));
        var folded = Assert.Single(compiled.Folded);
        Assert.Equal(("A=m@0 B=m@0", "A=m@0"), (folded.Configuration.ToText(graph), folded.Into.ToText(graph)));
        Assert.True(folded.Difference.Mean < -0.1);
        Assert.Equal(0.4, compiled.Plan.FoldedLoss!.Value, 1e-12);
        Assert.Equal(1, compiled.Plan.Folded);

        static EndToEndRun Run(string configuration, string caseId, double score, double seconds) => new()
        {
            Purpose = RunPurpose.Verification,
            Configuration = configuration,
            CaseId = caseId,
            Score = score,
            Latency = TimeSpan.FromSeconds(seconds),
            Concurrency = 1,
            Machine = "test",
        };
    }

    private static void AssertStandsFor(FoldedConfiguration one, double loss, Objectives objectives)
    {
        Assert.True(SpendsNoMore(one.Into, one.Configuration, objectives));
        Assert.InRange(one.Configuration.Estimate!.RecordedAccuracy!.Value - one.Into.Estimate!.RecordedAccuracy!.Value, -1, loss);
        Assert.False(one.Difference.IsToldApart);
        Assert.True(one.Difference.Expected <= FoldPass.Tolerance);
    }

    private static bool SpendsNoMore(WorkflowConfiguration one, WorkflowConfiguration other, Objectives objectives) =>
        (!objectives.HasFlag(Objectives.Latency) || one.Estimate!.LatencySeconds <= other.Estimate!.LatencySeconds)
        && (!objectives.HasFlag(Objectives.Cost) || one.Estimate!.Cost <= other.Estimate!.Cost)
        && (!objectives.HasFlag(Objectives.Energy) || one.Estimate!.EnergyJoules <= other.Estimate!.EnergyJoules);

    /// <summary>One sub-agent with settings, each right on so many cases of its own choosing, with a latency and a cost.</summary>
    private static ProfileTable Profile(int cases, params (int Right, double Latency, double Cost)[] settings)
    {
        var random = new Random(5);
        var graph = new WorkflowGraph("w", [Agent("A")], "A");
        var rows = settings.Select((one, i) =>
        {
            int[] order = [.. Enumerable.Range(0, cases)];
            random.Shuffle(order);
            return (Node: 0, Setting: new Setting($"m{i}", 0), one.Cost, Calls: (IReadOnlyCollection<RecordedCall>)
                [.. order.Select((c, place) => new RecordedCall(c, InputState.Right, place < one.Right ? 1 : 0, one.Latency) { Cost = one.Cost })]);
        }).ToList();
        return new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] = [.. rows.Select(row => new SettingProfile(row.Setting, row.Calls.Average(call => call.Score), row.Calls.Average(call => call.Latency), row.Cost, cases))],
        })
        { Recorded = new RecordedOutcomes(graph, cases, rows) };
    }
}
