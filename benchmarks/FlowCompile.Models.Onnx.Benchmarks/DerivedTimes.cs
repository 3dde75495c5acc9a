using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>
/// How far latencies are from those of a profile with every call alone: where it has only the times of the calls that a profile in batches
/// times, and the others are derived, so that nothing else differs; in a profile in batches; and in a second one with every call alone. The one in batches is measured
/// between the two others (A and B) and set against their mean, so that a machine that gets slower or faster meanwhile hits both alike.
/// </summary>
internal static class DerivedTimes
{
    private const int Batch = 8;

    // As a profile does.
    private const int BlockSize = 10;
    private const int Enough = 30;

    public static async Task RunAsync(int cases)
    {
        var all = Sample.Cases(cases);
        var alone = await MeasureAsync(all, batch: 1);
        var batched = await MeasureAsync(all, Batch);
        var again = await MeasureAsync(all, batch: 1);
        var options = CompileOptions.From(Sample.Settings.GetWorkflow(Sample.Descriptor.Graph.Name));
        var plan = FlowCompiler.Compile(ProfileTable.From(Sample.Descriptor.Graph, alone), options).Plan;
        Console.WriteLine("| profile | against | calls | not timed | mean latency of a setting, median (5 to 95 %) | 95th percentile of a setting, median (5 to 95 %) | mean latency of a configuration, median (least to most) |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Write("A, derived from its first calls", Derived(alone, FirstBlocks(alone, all)), "A", alone);
        Write("A, derived from calls all over it", Derived(alone, Spread(alone)), "A", alone);
        Write($"in batches of {Batch}", batched, "A and B", alone, again);
        Write("B", again, "A", alone);

        void Write(string name, ProfileSummary profile, string against, params ProfileSummary[] others)
        {
            Console.WriteLine(
                $"| {name} | {against} | {profile.Outcomes.Count} | {profile.UntimedCalls} | {Ratios(0.05, one => [.. one.Rows.Select(row => row.Latency!.Value.Mean.TotalSeconds)])} "
                + $"| {Ratios(0.05, one => [.. one.Rows.Select(row => row.Latency!.Value.P95.TotalSeconds)])} | {Ratios(0, one => Seconds(plan, one, options))} |");

            string Ratios(double tail, Func<ProfileSummary, double[]> of) =>
                Text(of(profile).Select((value, at) => value / others.Average(other => of(other)[at])), tail);
        }
    }

    private static async Task<ProfileSummary> MeasureAsync(IReadOnlyList<WorkflowCase> cases, int batch)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        try
        {
            using var models = OnnxModels.Load(Sample.Settings);
            using var store = ProfileStore.Open(Path.Combine(folder, "profile.db"));
            return await new Profiler(Sample.Descriptor, models, Sample.Settings, store, new ProfilerOptions { Batch = batch }).RunAsync(cases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Blocks of cases are timed until there are enough calls of a sub-agent under a setting.
    private static HashSet<string> FirstBlocks(ProfileSummary alone, IReadOnlyList<WorkflowCase> cases)
    {
        var blocks = cases.Index().ToDictionary(one => one.Item.Id, one => one.Index / BlockSize);
        return [.. alone.Outcomes.GroupBy(one => (one.Cell.Node, one.Cell.Setting)).SelectMany(group =>
        {
            var last = group.Select(one => blocks[one.Cell.CaseId]).Order().ElementAt(Math.Min(Enough, group.Count()) - 1);
            return group.Where(one => blocks[one.Cell.CaseId] <= last).Select(one => one.Cell.Key);
        })];
    }

    // As many calls, but of all times of the profile: what the machine did meanwhile is in them as it is in the others.
    private static HashSet<string> Spread(ProfileSummary alone) =>
    [
        .. alone.Outcomes.GroupBy(one => (one.Cell.Node, one.Cell.Setting)).SelectMany(group =>
        {
            List<string> keys = [.. group.Select(one => one.Cell.Key)];
            return Enumerable.Range(0, Math.Min(Enough, keys.Count)).Select(at => keys[at * keys.Count / Math.Min(Enough, keys.Count)]);
        }),
    ];

    private static ProfileSummary Derived(ProfileSummary alone, HashSet<string> timed)
    {
        var outcomes = alone.Outcomes.Select(one => timed.Contains(one.Cell.Key) ? one : one with
        {
            Outcome = one.Outcome with { IsBatched = true, Latency = TimeSpan.Zero, TimeToFirstToken = null, TokenTimes = [] },
        });
        return ProfileSummary.Of(alone.Manifest, outcomes, Sample.Settings) with { Routes = alone.Routes };
    }

    private static double[] Seconds(WorkflowPlan plan, ProfileSummary profile, CompileOptions options)
    {
        var proxy = new PairedProxy(ProfileTable.From(Sample.Descriptor.Graph, profile).Recorded!, options.Schedule);
        return [.. plan.Configurations.Select(one => proxy.Estimate(new WorkflowConfiguration(one.Id, one.Structure, one.Settings)).LatencySeconds)];
    }

    private static string Text(IEnumerable<double> ratios, double tail)
    {
        double[] sorted = [.. ratios.Order()];
        return FormattableString.Invariant($"{At(0.5):0.000} ({At(tail):0.000} to {At(1 - tail):0.000})");

        double At(double part) => sorted[(int)Math.Round(part * (sorted.Length - 1))];
    }
}
