using FlowCompile.Compilation;
using FlowCompile.Models.Onnx;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>The sample's profile with a race against the exhaustive one, both measured anew.</summary>
internal static class Races
{
    public static async Task RunAsync(int cases)
    {
        var all = Sample.Cases(cases);
        var measured = await MeasureAsync(all, null);
        var raced = await MeasureAsync(all, new Counting(new FrontierRace(Sample.Descriptor.Graph, Sample.Settings, Sample.Options)));
        var (volume, above) = new Exhaustive(measured.Summary).VolumeOf(raced.Summary);
        Console.WriteLine("| profile | cases | settings left | decoded tokens | of one decode for all budgets | of a call for each budget | hypervolume | above the least accurate |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Console.WriteLine(FormattableString.Invariant($"| exhaustive | {all.Count} | {measured.Summary.Rows.Count} | {measured.Decoded} | 100 % | {Percent(measured.Decoded, measured.Calls)} | 100 % | 100 % |"));
        Console.WriteLine(FormattableString.Invariant($"| raced | {raced.Summary.Manifest.Settled?.Cases ?? all.Count} | {raced.Summary.Rows.Count} | {raced.Decoded} | {Percent(raced.Decoded, measured.Decoded)} ")
            + FormattableString.Invariant($"| {Percent(raced.Decoded, measured.Calls)} | {Percent(volume, 1)} | {Percent(above, 1)} |"));
    }

    public static async Task<Exhaustive> ExhaustiveAsync(string? path)
    {
        if (path is null)
        {
            return new Exhaustive((await MeasureAsync(Sample.Cases(int.MaxValue), null)).Summary);
        }

        using var store = ProfileStore.Open(path);
        return new Exhaustive(ProfileSummary.Read(store, Sample.Settings));
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

    private static string Percent(double part, double whole) => FormattableString.Invariant($"{100 * part / whole:0.0} %");
}
