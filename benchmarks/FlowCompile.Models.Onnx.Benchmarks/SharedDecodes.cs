using System.Diagnostics;
using FlowCompile.Profiling;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>The sample's profile with a call for each budget, and with one decode for all of them.</summary>
internal static class SharedDecodes
{
    public static async Task RunAsync(int cases)
    {
        Console.WriteLine("| profile | cells | outcomes' tokens | decoded tokens | seconds | processor seconds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var share in new[] { false, true })
        {
            var folder = Directory.CreateTempSubdirectory("flowcompile-benchmark-").FullName;
            try
            {
                await RunAsync(cases, share, Path.Combine(folder, "profile.db"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task RunAsync(int cases, bool share, string path)
    {
        using var models = OnnxModels.Load(Sample.Settings);
        using var store = ProfileStore.Open(path);
        using var process = Process.GetCurrentProcess();
        var (start, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var profiler = new Profiler(Sample.Descriptor, models, Sample.Settings, store, new ProfilerOptions { ShareDecodes = share });
        var outcomes = (await profiler.RunAsync(Sample.Cases(cases))).Outcomes;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var tokens = outcomes.Sum(one => one.Outcome.ThinkingTokens + one.Outcome.OutputTokens);
        var decoded = tokens - outcomes.Sum(one => one.Outcome.ReusedTokens);
        Console.WriteLine(FormattableString.Invariant(
            $"| {(share ? "one decode for all budgets" : "a call for each budget")} | {outcomes.Count} | {tokens} | {decoded} | {seconds:0.0} | {(process.TotalProcessorTime - processor).TotalSeconds:0.0} |"));
    }
}
