using FlowCompile.Compilation;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>Profiles with a race against the exhaustive ones, all measured anew.</summary>
internal static class Races
{
    public static async Task RunAsync(int most)
    {
        Console.WriteLine("| workflow | cases | measured | settings left | decoded tokens | of one decode for all budgets | of a call for each budget | hypervolume | above the least accurate |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (workflow, file) in new[] { ("math", "validate"), ("math", "test"), ("chain", "validate"), ("chain", "test") })
        {
            var experiment = Experiment.Of(workflow, file, most);
            var exhaustive = new Exhaustive(experiment, await Measurement.RunAsync(experiment, null, null));
            var counting = new Counting(new FrontierRace(experiment.Graph, experiment.Settings, experiment.Options));
            var raced = await Measurement.RunAsync(experiment, null, counting);
            counting.Add(raced.Outcomes);
            var calls = exhaustive.Summary.Outcomes.Sum(one => one.Outcome.ThinkingTokens + one.Outcome.OutputTokens);
            var decoded = TokenCount.Decoded(counting.Seen);
            var comparison = exhaustive.Compare(raced);
            Write(exhaustive.Summary, "all", exhaustive.Tokens, 1, 1);
            Write(raced, $"{raced.Manifest.Settled?.Cases ?? experiment.Cases.Count}", decoded, comparison.Volume, comparison.AboveLeast);

            void Write(ProfileSummary summary, string measured, long tokens, double volume, double above) => Console.WriteLine(FormattableString.Invariant(
                $"| {workflow} | {experiment.Cases.Count} of {file} | {measured} | {summary.Rows.Count} | {tokens} | {Percent(tokens, exhaustive.Tokens)} | {Percent(tokens, calls)} | {Percent(volume, 1)} | {Percent(above, 1)} |"));
        }
    }

    private static string Percent(double part, double whole) => FormattableString.Invariant($"{100 * part / whole:0.0} %");
}
