using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>What a token costs: tokens for each second of processor time, and the garbage that the collector has to remove for each of them.</summary>
/// <remarks>Processor time counts this process's threads alone, so that two versions can be compared on a machine that does other work as well.</remarks>
internal static class Costs
{
    private const int Rounds = 5;

    // For each place in a batch, as in a profile.
    private const int CallsInFlight = 4;
    private static readonly int[] s_sizes = [1, 8, 16];

    public static async Task RunAsync(int cases)
    {
        Console.WriteLine("| model | batch | tokens | tokens a processor second | garbage, bytes a token |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        using var models = OnnxModels.Load(Sample.Settings);
        IReadOnlyList<string> prompts = [.. Sample.Problems(cases).Select(problem => $"[detail] {problem}").OrderBy(prompt => prompt.Length)];
        foreach (var name in models.Names)
        {
            foreach (var size in s_sizes)
            {
                var client = size == 1 ? models[name]
                    : models[name].GetService<IBatchDecoding>()!.OpenBatch(size, new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ConcurrentScheduler);
                var atOnce = size == 1 ? 1 : CallsInFlight * size;
                await AskAsync(client, prompts, atOnce); // warms up
                List<(long Tokens, double PerSecond, double Garbage)> rounds = [];
                for (var round = 0; round < Rounds; round++)
                {
                    rounds.Add(await AskAsync(client, prompts, atOnce));
                }

                Console.WriteLine(FormattableString.Invariant(
                    $"| {name} | {size} | {rounds[0].Tokens} | {Median(rounds.Select(round => round.PerSecond)):0} | {Median(rounds.Select(round => round.Garbage)):0} |"));
            }
        }
    }

    private static async Task<(long Tokens, double PerSecond, double Garbage)> AskAsync(IChatClient client, IReadOnlyList<string> prompts, int atOnce)
    {
        var tokens = 0L;
        var (allocated, processor) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        await Parallel.ForEachAsync(prompts, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (prompt, token) =>
        {
            var response = await client.GetResponseAsync(prompt, cancellationToken: token);
            Interlocked.Add(ref tokens, response.Usage!.OutputTokenCount!.Value);
        });
        var (seconds, garbage) = ((Environment.CpuUsage.TotalTime - processor).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        return (tokens, tokens / seconds, (double)garbage / tokens);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
