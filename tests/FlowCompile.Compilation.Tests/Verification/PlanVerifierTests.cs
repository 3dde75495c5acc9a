using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Compilation.Tests;

/// <summary>A profile, its plan, runs of that, and what the plan is then.</summary>
public sealed class PlanVerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flowcompile-").FullName;

    private static WorkflowDescriptor Descriptor => DoublingWorkflow.Descriptor;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Plan_says_what_runs_have_shown_and_corrects_each_structure_by_it()
    {
        var options = new CompileOptions { KeepAll = true }; // otherwise what runs put behind is folded
        var (before, summary) = await ProfileAsync(cases: 12, verified: 6, options);
        var table = Table(summary);
        var plan = FlowCompiler.Compile(table, options).Plan;
        var found = plan.Verification!;
        var runs = summary.Runs.Where(run => run.Purpose == RunPurpose.Verification).ToList();
        Assert.Equal(before.Configurations.Count * 6, runs.Count);
        Assert.Equal((runs.Count, 6, 0), (found.Runs, found.Cases, found.Failures));
        Assert.Equal(before.Configurations.Select(one => one.ToText(Descriptor.Graph)), plan.Configurations.Select(one => one.ToText(Descriptor.Graph)));

        // From the runs and the recorded outcomes, by the definition.
        var proxy = new PairedProxy(table.Recorded!, Schedule.Parallel);
        List<string> ids = [.. summary.Outcomes.Select(one => one.Cell.CaseId).Distinct()];
        var differences = plan.Configurations.SelectMany(one => runs.Where(run => run.Configuration == one.ToText(Descriptor.Graph)).Select(run => (
            Structure: one.Structure.ToText(Descriptor.Graph),
            run.CaseId,
            Difference: run.Score!.Value - proxy.AccuracyByCase(one.Structure, one.Settings)[ids.IndexOf(run.CaseId)]))).ToList();
        Assert.Equal(differences.GroupBy(one => one.CaseId).Average(own => own.Average(one => one.Difference)), found.Difference, 1e-9);
        var structures = differences.GroupBy(one => one.Structure).ToList();
        var corrections = ProxyCorrection.Of([.. structures.Select(own => (IReadOnlyList<double>)[.. own.GroupBy(one => one.CaseId).Select(one => one.Average(run => run.Difference))])]);
        Assert.Equal(structures.Select(own => own.Key).Order(), found.Structures.Select(one => one.Structure).Order());
        for (var i = 0; i < plan.Configurations.Count; i++)
        {
            var correction = corrections[structures.FindIndex(own => own.Key == plan.Configurations[i].Structure.ToText(Descriptor.Graph))].Correction;
            var (accuracy, recorded) = (before.Configurations[i].Estimate!.Accuracy, before.Configurations[i].Estimate!.RecordedAccuracy ?? before.Configurations[i].Estimate!.Accuracy);
            var expected = correction < 0 ? Math.Min(accuracy, recorded + correction) : accuracy + correction;
            Assert.Equal(Math.Clamp(expected, 0, 1), plan.Configurations[i].Estimate!.Accuracy, 1e-9);
            Assert.Equal(before.Configurations[i].Estimate!.LatencySeconds, plan.Configurations[i].Estimate!.LatencySeconds);
        }

        // The same store gives the same plan to the byte, and what is written is read.
        var bytes = PlanFile.Serialize(plan, Descriptor.Graph);
        Assert.Equal(bytes, PlanFile.Serialize(FlowCompiler.Compile(Table(summary), options).Plan, Descriptor.Graph));
        var path = Path.Combine(_folder, "plan.json");
        PlanFile.Write(path, plan, Descriptor.Graph);
        var read = PlanFile.Read(path, Descriptor.Graph).Verification!;
        Assert.Equal(found.Structures, read.Structures);
        Assert.Equal(found with { Structures = [] }, read with { Structures = [] });
        Assert.Equal(found.Structures, PlanFile.ReadDocument(path).Verification!.Structures);
    }

    [Fact]
    public async Task Runs_that_do_what_was_composed_change_no_accuracy_and_confirm_the_plan()
    {
        // Calls take what they take: of the whole frontier there are always several.
        var options = new CompileOptions { KeepAll = true };
        var (before, summary) = await ProfileAsync(cases: 20, verified: 0, options);
        Assert.Null(before.Verification);
        Assert.True(before.Configurations.Count > 1);
        var plan = FlowCompiler.Compile(Table(With(summary, before, (accuracy, _) => accuracy, latency => latency * 1.3)), options).Plan;
        Assert.True(plan.Verification!.IsConfirmed);
        Assert.Equal(0, plan.Verification.Difference, 1e-12);
        Assert.All(plan.Verification.Structures, one => Assert.Equal(0, one.Correction));
        Assert.Equal(before.Configurations.Select(one => one.Estimate!.Accuracy), plan.Configurations.Select(one => one.Estimate!.Accuracy));

        // All of them take 1.3 times as long, to the tick: the intervals go there, and the estimates stay.
        Assert.InRange(plan.Verification.Latency!.Ratio, 1.298, 1.302);
        Assert.InRange(plan.Verification.Latency.Spread, 0, 0.002);
        Assert.Equal(1, plan.Verification.Latency.Concurrency);
        Assert.All(plan.Configurations.Zip(before.Configurations), pair =>
        {
            Assert.Equal(pair.Second.Estimate!.LatencySeconds, pair.First.Estimate!.LatencySeconds);
            Assert.True(pair.First.Estimate.LatencyInterval!.Value.Contains(pair.First.Estimate.LatencySeconds * 1.29));
            Assert.True(pair.First.Estimate.LatencyInterval!.Value.Contains(pair.First.Estimate.LatencySeconds));
            Assert.InRange(pair.First.Estimate.LatencyInterval.Value.High / pair.Second.Estimate.LatencyInterval!.Value.High, 1.29, 1.31);
        });
    }

    [Fact]
    public async Task Estimates_that_are_too_high_throughout_are_lowered_and_not_confirmed()
    {
        var options = new CompileOptions { KeepAll = true };
        var (before, summary) = await ProfileAsync(cases: 20, verified: 0, options);
        var plan = FlowCompiler.Compile(Table(With(summary, before, (accuracy, one) => Math.Max(0, accuracy - 0.3 - (0.01 * (one % 3))), latency => latency)), options).Plan;
        Assert.False(plan.Verification!.IsConfirmed);
        Assert.True(plan.Verification.Difference < -0.1);
        Assert.Contains(plan.Configurations.Zip(before.Configurations), pair => pair.First.Estimate!.Accuracy < pair.Second.Estimate!.Accuracy - 0.1);
        Assert.All(plan.Configurations.Zip(before.Configurations), pair =>
        {
            Assert.True(pair.First.Estimate!.Accuracy <= pair.Second.Estimate!.Accuracy);
            Assert.True(pair.First.Estimate.AccuracyInterval!.Value.Contains(pair.First.Estimate.Accuracy));
        });
    }

    private static ProfileTable Table(ProfileSummary summary) => ProfileTable.From(Descriptor.Graph, summary, new SettingSpace(Descriptor, Doubling.Settings()));

    // Runs of every configuration on every case that score and take what a rule says of the recorded.
    private static ProfileSummary With(ProfileSummary summary, WorkflowPlan plan, Func<double, int, double> score, Func<double, double> latency)
    {
        var predictions = new CasePredictions(Table(summary), new CompileOptions());
        return summary with
        {
            Runs =
            [
                .. from pair in summary.Outcomes.Select(one => one.Cell.CaseId).Distinct().Index()
                   from point in plan.Configurations
                   select new EndToEndRun
                   {
                       Purpose = RunPurpose.Verification,
                       Configuration = point.ToText(Descriptor.Graph),
                       CaseId = pair.Item,
                       Score = score(predictions.AccuracyOf(point, pair.Item)!.Value, pair.Index),
                       Latency = TimeSpan.FromSeconds(latency(predictions.LatencyOf(point, pair.Item)!.Value)),
                       Concurrency = 1,
                       Machine = "test",
                   },
            ],
        };
    }

    private async Task<(WorkflowPlan Before, ProfileSummary Summary)> ProfileAsync(int cases, int verified, CompileOptions? options = null)
    {
        var file = Path.Combine(_folder, "cases.jsonl");
        await File.WriteAllLinesAsync(file, Doubling.CaseLines(cases));
        var read = CaseFile.Read(file, Descriptor);
        using var models = Doubling.Models();
        using var store = ProfileStore.Open(Path.Combine(_folder, "store.db"));
        var profiler = new Profiler(Descriptor, models, Doubling.Settings(), store, new ProfilerOptions { Concurrency = 2 });
        var summary = await profiler.RunAsync(read);
        summary = summary with { Runs = [] }; // the reference runs were only a moment under way
        var table = Table(summary);
        var before = FlowCompiler.Compile(table, options).Plan;
        if (verified > 0)
        {
            var after = await profiler.VerifyAsync(before.Configurations, read, verified, new CasePredictions(table, new CompileOptions()).AccuracyOf);
            summary = after with { Runs = [.. after.Runs.Where(run => run.Purpose == RunPurpose.Verification)] };
        }

        return (before, summary);
    }
}
