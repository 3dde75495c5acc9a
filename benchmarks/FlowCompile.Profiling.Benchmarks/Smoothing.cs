using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// Whether estimates on cases that had no part get better when what a sub-agent did on a case is drawn towards what it did there under the budgets next to it
/// on the same model. The share is chosen among a few by cross-validation in the cases that have a part.
/// </summary>
internal static class Smoothing
{
    private const int Configurations = 60;
    private const int Folds = 2;
    private static readonly int[] s_cases = [40, 80, 150];
    private static readonly double[] s_shares = [0, 0.1, 0.2, 0.4];

    /// <summary>Writes a table.</summary>
    /// <param name="experiment">What was measured.</param>
    /// <param name="summary">The exhaustive profile.</param>
    /// <param name="draws">How often cases are drawn, one at least.</param>
    /// <param name="first">The first draw's seed.</param>
    public static void Run(Experiment experiment, ProfileSummary summary, int draws, int first)
    {
        var smoothed = s_shares.Select(share => Smooth(summary, share)).ToList();
        var configurations = RandomConfigurations.Draw(ProfileTable.From(experiment.Graph, summary), Configurations, first);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{experiment.Graph.Name}, {summary.Manifest.Cases} cases, {configurations.Count} configurations, draws {first} to {first + draws - 1}."));
        Console.WriteLine();
        Console.WriteLine("| cases | share | bias | mean absolute error | lost by choosing the most accurate |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var cases in s_cases.Where(cases => cases <= summary.Manifest.Cases / 2))
        {
            var all = Enumerable.Range(first, draws).Select(draw => Draw(experiment, smoothed, configurations, cases, draw)).ToList();
            for (var i = 0; i <= s_shares.Length; i++)
            {
                var name = i < s_shares.Length ? s_shares[i].ToString(CultureInfo.InvariantCulture) : "cross-validated";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {cases} | {name} | {all.Average(one => one[i].Bias):0.0000} | {all.Average(one => one[i].Error):0.0000} | {all.Average(one => one[i].Regret):0.0000} |"));
            }
        }
    }

    private static List<(double Bias, double Error, double Regret)> Draw(
        Experiment experiment, List<ProfileSummary> smoothed, IReadOnlyList<WorkflowConfiguration> configurations, int cases, int draw)
    {
        string[] ids = [.. smoothed[0].Outcomes.Select(one => one.Cell.CaseId).Distinct().Order(StringComparer.Ordinal)];
        new Random(draw).Shuffle(ids);
        var unseen = Accuracies(smoothed[0], ids[cases..]);
        var errors = new double[s_shares.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            string[] held = [.. ids[..cases].Where((_, i) => i % Folds == fold)];
            var truth = Accuracies(smoothed[0], held);
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i] += Accuracies(smoothed[i], [.. ids[..cases].Except(held)]).Zip(truth, (one, other) => (one - other) * (one - other)).Sum();
            }
        }

        var results = smoothed.ConvertAll(summary => Compare(Accuracies(summary, ids[..cases])));
        return [.. results, results[Array.IndexOf(errors, errors.Min())]];

        double[] Accuracies(ProfileSummary summary, string[] which)
        {
            var kept = which.ToHashSet(StringComparer.Ordinal);
            var table = ProfileTable.From(experiment.Graph, ProfileSummary.Of(
                summary.Manifest, summary.Outcomes.Where(one => kept.Contains(one.Cell.CaseId)), experiment.Settings));
            var proxy = new PairedProxy(table.Recorded!, experiment.Options.Schedule);
            return [.. configurations.Select(one => proxy.Evaluate(one.Structure, one.Settings).Accuracy)];
        }

        (double Bias, double Error, double Regret) Compare(double[] seen) => (
            seen.Zip(unseen, (one, other) => one - other).Average(),
            seen.Zip(unseen, (one, other) => Math.Abs(one - other)).Average(),
            unseen.Max() - unseen[Array.IndexOf(seen, seen.Max())]);
    }

    // A score becomes the probability that such a call is right.
    private static ProfileSummary Smooth(ProfileSummary summary, double share)
    {
        var means = summary.Outcomes.Where(one => !one.Outcome.Failed)
            .GroupBy(one => (one.Cell.Node, one.Cell.Setting, Inputs: InputsOf(one.Cell)))
            .ToDictionary(group => group.Key, group => group.Average(one => one.Outcome.Score!.Value));
        int[] budgets = [.. summary.Outcomes.Select(one => one.Cell.Setting.Budget).Distinct().Order()];
        return summary with { Outcomes = [.. summary.Outcomes.Select(one => one.Outcome.Failed ? one : one with { Outcome = one.Outcome with { Score = ScoreOf(one) } })] };

        double ScoreOf(ProfiledOutcome one)
        {
            var place = Array.IndexOf(budgets, one.Cell.Setting.Budget);
            double[] near = [.. new[] { place - 1, place + 1 }.Where(other => other >= 0 && other < budgets.Length)
                .Select(other => means.TryGetValue((one.Cell.Node, new Setting(one.Cell.Setting.Model, budgets[other]), InputsOf(one.Cell)), out var mean) ? mean : double.NaN)
                .Where(mean => !double.IsNaN(mean))];
            return near.Length == 0 ? one.Outcome.Score!.Value : ((1 - share) * one.Outcome.Score!.Value) + (share * near.Average());
        }

        static (string, bool, int, int) InputsOf(ProfileCell cell) => (cell.CaseId, cell.InputsRight, cell.RightCandidates, cell.Candidates);
    }
}
