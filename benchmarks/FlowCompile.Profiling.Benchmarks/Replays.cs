using System.Globalization;
using FlowCompile.Compilation;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// Races over an exhaustive profile whose outcomes are known, in many orders of the cases: nothing is decoded, and what a race would have decoded is
/// counted.
/// </summary>
internal static class Replays
{
    private static readonly double[] s_precisions = [0, 0.005, 0.01, 0.02];

    private static readonly (string Name, Func<Replayed, double> Value, string Format)[] s_columns =
    [
        ("cases", one => one.Cases, "0"),
        ("settings left", one => one.Settings, "0"),
        ("decoded tokens", one => one.Tokens, "0.0 %"),
        ("with the reference runs", one => one.WithReferences, "0.0 %"),
        ("hypervolume", one => one.Comparison.Volume, "0.0 %"),
        ("above the least accurate", one => one.Comparison.AboveLeast, "0.0 %"),
        ("accuracy covered", one => one.Comparison.AccuracyCovered, "0 %"),
        ("latency covered", one => one.Comparison.LatencyCovered, "0 %"),
    ];

    /// <summary>Replays races and writes a table.</summary>
    /// <param name="experiment">What was measured.</param>
    /// <param name="exhaustive">The profile.</param>
    /// <param name="orders">How many orders, one at least.</param>
    /// <param name="first">The first order's seed.</param>
    public static void Run(Experiment experiment, Exhaustive exhaustive, int orders, int first)
    {
        var references = new TokenCount(experiment).References(exhaustive.Summary.Outcomes, exhaustive.Summary.Manifest);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{experiment.Graph.Name}, {exhaustive.Summary.Manifest.Cases} cases, orders {first} to {first + orders - 1}. Exhaustive: {exhaustive.Tokens} tokens in the cells, about {references} in the reference runs; the settings of its frontier take {(double)exhaustive.TokensOfFrontier / exhaustive.Tokens:0.0 %} of the first."));
        Console.WriteLine();
        Console.WriteLine($"| precision | | {string.Join(" | ", s_columns.Select(column => column.Name))} |");
        Console.WriteLine($"|---|---|{string.Concat(s_columns.Select(_ => "---|"))}");
        foreach (var precision in s_precisions)
        {
            var races = Enumerable.Range(first, orders).Select(order => Race(experiment, exhaustive, references, order, precision)).ToList();
            foreach (var (name, share) in new[] { ("5th percentile", 0.05), ("median", 0.5), ("95th percentile", 0.95) })
            {
                Console.WriteLine($"| {(name == "median" ? precision.ToString("0.0 %", CultureInfo.InvariantCulture) : "")} | {name} | {string.Join(" | ", s_columns.Select(column =>
                    races.Select(column.Value).Order().ElementAt((int)(share * races.Count)).ToString(column.Format, CultureInfo.InvariantCulture)))} |");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| | of {orders} orders | | | {races.Count(one => one.Tokens <= 0.2)} within a fifth | | {races.Count(one => one.Comparison.Volume >= 0.99)} at 99 % | {races.Count(one => one.Comparison.AboveLeast >= 0.99)} at 99 % | {races.Average(one => one.Comparison.AccuracyCovered):0.0 %} on average | {races.Average(one => one.Comparison.LatencyCovered):0.0 %} on average |"));
        }
    }

    private static Replayed Race(Experiment experiment, Exhaustive exhaustive, long references, int order, double precision)
    {
        var manifest = exhaustive.Summary.Manifest;
        var byCase = exhaustive.Summary.Outcomes.ToLookup(one => one.Cell.CaseId);
        string[] cases = [.. byCase.Select(group => group.Key).Order(StringComparer.Ordinal)];
        new Random(order).Shuffle(cases);
        var race = new FrontierRace(experiment.Graph, experiment.Settings, experiment.Options) { Precision = precision };
        var dropped = new HashSet<(string, Setting)>();
        var seen = new List<ProfiledOutcome>();
        var (tokens, runs, count) = (0L, 0L, 0);
        foreach (var block in cases.Chunk(10))
        {
            List<ProfiledOutcome> measured = [.. block.SelectMany(one => byCase[one]).Where(one => !dropped.Contains((one.Cell.Node, one.Cell.Setting)))];
            seen.AddRange(measured);
            tokens += TokenCount.Decoded(measured);
            runs += new TokenCount(experiment).References(block.SelectMany(one => byCase[one]), manifest);
            count += block.Length;
            if (count < cases.Length)
            {
                dropped.UnionWith(race.Drop(seen).Select(one => (one.Node, one.Setting)));
                seen.RemoveAll(one => dropped.Contains((one.Cell.Node, one.Cell.Setting)));
                if (race.Settle(seen) is not null)
                {
                    break;
                }
            }
        }

        return new Replayed(
            count,
            seen.Select(one => (one.Cell.Node, one.Cell.Setting)).Distinct().Count(),
            (double)tokens / exhaustive.Tokens,
            (double)(tokens + runs) / (exhaustive.Tokens + references),
            exhaustive.Compare(ProfileSummary.Of(manifest, seen, experiment.Settings)));
    }
}
