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

    private static readonly (string Name, Func<IReadOnlyList<Replayed>, string> Text)[] s_columns =
    [
        ("cases", races => Spread(races, one => one.Cases, "0", "")),
        ("settings left", races => Spread(races, one => one.Settings, "0", "")),
        ("decoded tokens", races => Spread(races, one => 100 * one.Tokens, "0.0", " %")),
        ("at most a fifth", races => Share(races, one => one.Tokens <= 0.2)),
        ("with the reference runs", races => Spread(races, one => 100 * one.WithReferences, "0.0", " %")),
        ("hypervolume", races => Spread(races, one => 100 * one.Comparison.Volume, "0.0", " %")),
        ("at least 99 %", races => Share(races, one => one.Comparison.Volume >= 0.99)),
        ("above the least accurate", races => Spread(races, one => 100 * one.Comparison.AboveLeast, "0.0", " %")),
        ("accuracy within", races => Mean(races, one => one.Comparison.AccuracyCovered)),
        ("latency within", races => Mean(races, one => one.Comparison.LatencyCovered)),
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
        Console.WriteLine($"| precision | {string.Join(" | ", s_columns.Select(column => column.Name))} |");
        Console.WriteLine($"|---|{string.Concat(s_columns.Select(_ => "---|"))}");
        foreach (var precision in s_precisions)
        {
            Replayed[] races = [.. Enumerable.Range(first, orders).Select(order => Race(experiment, exhaustive, references, order, precision))];
            Console.WriteLine($"| {precision.ToString(CultureInfo.InvariantCulture)} | {string.Join(" | ", s_columns.Select(column => column.Text(races)))} |");
        }

        Console.WriteLine();
    }

    private static string Spread(IReadOnlyList<Replayed> races, Func<Replayed, double> value, string format, string unit)
    {
        double[] sorted = [.. races.Select(value).Order()];
        return $"{At(0.5)}{unit} ({At(0.05)} to {At(0.95)})";

        string At(double share) => sorted[(int)(share * sorted.Length)].ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Share(IReadOnlyList<Replayed> races, Func<Replayed, bool> holds) =>
        string.Create(CultureInfo.InvariantCulture, $"{races.Count(holds)} of {races.Count}");

    private static string Mean(IReadOnlyList<Replayed> races, Func<Replayed, double> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * races.Average(value):0} %");

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
