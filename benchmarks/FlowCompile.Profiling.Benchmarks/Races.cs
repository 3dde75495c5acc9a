using FlowCompile.Compilation;
using FlowCompile.Models.Onnx;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// The sample's profile with a race against the exhaustive one, in several orders of the cases. The frontiers of both are estimated on the
/// exhaustive profile; their hypervolumes reach from no accuracy to all, and to 1 % beyond the slowest configuration of the exhaustive frontier.
/// Above the least accurate one counts what is above the accuracy of the fastest configuration alone.
/// </summary>
internal static class Races
{
    public static async Task RunAsync(int orders, int cases)
    {
        var all = Sample.Cases(cases);
        var options = CompileOptions.From(Sample.Settings.GetWorkflow(Sample.Descriptor.Graph.Name));
        var exhaustive = await MeasureAsync(all, null);
        var table = ProfileTable.From(Sample.Descriptor.Graph, exhaustive.Summary);
        var proxy = new PairedProxy(table.Recorded!, options.Schedule);
        var frontier = Points(FlowCompiler.Compile(table, options).Plan, proxy);
        var slowest = 1.01 * frontier.Max(point => point.LatencySeconds);
        var least = frontier.Min(point => point.Accuracy);
        Console.WriteLine("| order of the cases | settings left | decoded tokens | of one decode for all budgets | of a call for each budget | hypervolume | above the least accurate |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Console.WriteLine(FormattableString.Invariant($"| exhaustive | {exhaustive.Summary.Rows.Count} | {exhaustive.Decoded} | 100 % | {Percent(exhaustive.Decoded, exhaustive.Calls)} | 100 % | 100 % |"));
        for (var order = 0; order < orders; order++)
        {
            var shuffled = all.ToArray();
            if (order > 0)
            {
                new Random(order).Shuffle(shuffled);
            }

            var raced = await MeasureAsync(shuffled, new Counting(new FrontierRace(Sample.Descriptor.Graph, Sample.Settings, options)));
            var points = Points(FlowCompiler.Compile(ProfileTable.From(Sample.Descriptor.Graph, raced.Summary), options).Plan, proxy);
            Console.WriteLine(FormattableString.Invariant(
                $"| {(order == 0 ? "as in the file" : $"shuffled, seed {order}")} | {raced.Summary.Rows.Count} | {raced.Decoded} | {Percent(raced.Decoded, exhaustive.Decoded)} | {Percent(raced.Decoded, exhaustive.Calls)} ")
                + FormattableString.Invariant($"| {Percent(Volume(points, 0, slowest), Volume(frontier, 0, slowest))} | {Percent(Volume(points, least, slowest), Volume(frontier, least, slowest))} |"));
        }
    }

    private static async Task<Measured> MeasureAsync(IReadOnlyList<WorkflowCase> cases, Counting? race)
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
        try
        {
            using var models = OnnxModels.Load(Sample.Settings);
            using var store = ProfileStore.Open(Path.Combine(folder, "profile.db"));
            var profiler = new Profiler(Sample.Descriptor, models, Sample.Settings, store, new ProfilerOptions { Race = race });
            var summary = await profiler.RunAsync(cases);
            race ??= new Counting(new FrontierRace(Sample.Descriptor.Graph, Sample.Settings));
            race.Add(summary.Outcomes);
            var calls = race.Seen.Sum(outcome => outcome.ThinkingTokens + outcome.OutputTokens);
            return new Measured(summary, calls, calls - race.Seen.Sum(outcome => outcome.ReusedTokens));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Estimate> Points(WorkflowPlan plan, PairedProxy proxy) =>
        [.. plan.Configurations.Select(one => proxy.Estimate(new WorkflowConfiguration(one.Id, one.Structure, one.Settings)))];

    private static double Volume(IEnumerable<Estimate> points, double least, double slowest)
    {
        var (volume, best) = (0.0, least);
        foreach (var point in points.OrderBy(point => point.LatencySeconds).Where(point => point.LatencySeconds < slowest))
        {
            volume += Math.Max(0, point.Accuracy - best) * (slowest - point.LatencySeconds);
            best = Math.Max(best, point.Accuracy);
        }

        return volume;
    }

    private static string Percent(double part, double whole) => FormattableString.Invariant($"{100 * part / whole:0.0} %");
}
