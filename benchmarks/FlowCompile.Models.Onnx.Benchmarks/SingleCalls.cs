using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>Tokens a second of one call after another.</summary>
internal static class SingleCalls
{
    public static async Task RunAsync(int cases)
    {
        Console.WriteLine("| model | calls | tokens | tokens/s | ms to first token | ms a token after it |");
        Console.WriteLine("|---|---|---|---|---|---|");
        using var models = OnnxModels.Load(Sample.Settings);
        foreach (var name in models.Names)
        {
            await AskAsync(models[name], Sample.Problems(5));
            var (tokens, first, rest) = (0L, 0.0, 0.0);
            var start = Stopwatch.GetTimestamp();
            foreach (var timings in await AskAsync(models[name], Sample.Problems(cases)))
            {
                tokens += timings.TokenTimes.Count;
                first += timings.TimeToFirstToken.TotalMilliseconds;
                rest += (timings.TokenTimes[^1] - timings.TimeToFirstToken).TotalMilliseconds;
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {cases} | {tokens} | {tokens / seconds:0} | {first / cases:0.00} | {rest / (tokens - cases):0.000} |"));
        }
    }

    private static async Task<List<GenerationTimings>> AskAsync(IChatClient client, IReadOnlyList<string> problems)
    {
        List<GenerationTimings> all = [];
        foreach (var problem in problems)
        {
            all.Add((await client.GetResponseAsync($"[detail] {problem}")).GetTimings()!);
        }

        return all;
    }
}
