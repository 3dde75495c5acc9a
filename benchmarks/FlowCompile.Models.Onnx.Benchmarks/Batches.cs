using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>Tokens a second in batches, against one call after another, on one processor core.</summary>
internal static class Batches
{
    private const int Rounds = 5;

    // For each place in a batch, as in a profile.
    private const int CallsInFlight = 4;
    private static readonly int[] s_sizes = [2, 4, 8, 16, 32];

    public static async Task RunAsync(int cases)
    {
        Console.WriteLine($"| model | tokens | tokens/s one at a time | {string.Join(" | ", s_sizes.Select(size => $"batch {size}"))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(s_sizes.Select(_ => "---|"))}");
        using var models = OnnxModels.Load(Sample.Settings);

        // As a profile does: calls of like length are under way together.
        IReadOnlyList<string> prompts = [.. Sample.Problems(cases).Select(problem => $"[detail] {problem}").OrderBy(prompt => prompt.Length)];
        foreach (var name in models.Names)
        {
            var batches = s_sizes.Select(size => models[name].GetService<IBatchDecoding>()!.OpenBatch(size, new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ConcurrentScheduler)).ToList();
            await AskAsync(models[name], prompts, 1); // warms up

            // Every size in every round: what else the machine does hits them alike.
            List<(double Alone, double[] Together)> rounds = [];
            var (tokens, answers) = (0L, (IReadOnlyList<string>)[]);
            for (var round = 0; round < Rounds; round++)
            {
                (var alone, tokens, answers) = await AskAsync(models[name], prompts, 1);
                var together = new double[s_sizes.Length];
                foreach (var (at, batch) in batches.Index())
                {
                    (together[at], _, var same) = await AskAsync(batch, prompts, CallsInFlight * s_sizes[at]);
                    if (!same.SequenceEqual(answers))
                    {
                        throw new InvalidOperationException("A batch answers otherwise than its calls alone.");
                    }
                }

                rounds.Add((alone, together));
            }

            var ratios = s_sizes.Select((_, at) => FormattableString.Invariant($"{Median(rounds.Select(round => round.Together[at] / round.Alone)):0.00} x"));
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {tokens} | {Median(rounds.Select(round => round.Alone)):0} | {string.Join(" | ", ratios)} |"));
        }
    }

    private static async Task<(double TokensPerSecond, long Tokens, IReadOnlyList<string> Answers)> AskAsync(IChatClient client, IReadOnlyList<string> prompts, int atOnce)
    {
        var answers = new string[prompts.Count];
        var tokens = 0L;
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(prompts.Index(), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (prompt, token) =>
        {
            var response = await client.GetResponseAsync(prompt.Item, cancellationToken: token);
            answers[prompt.Index] = response.Text;
            Interlocked.Add(ref tokens, response.Usage!.OutputTokenCount!.Value);
        });
        return (tokens / Stopwatch.GetElapsedTime(start).TotalSeconds, tokens, answers);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
