using FlowCompile.Compilation;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// Races over an exhaustive profile whose outcomes are known, in many orders of the cases: nothing is decoded, and what a race would have decoded is
/// counted.
/// </summary>
internal static class Replays
{
    private static readonly double[] s_precisions = [0, 0.005, 0.01, 0.02, 0.05];

    public static void Run(Exhaustive exhaustive, int orders)
    {
        var references = TokenCount.References(exhaustive.Summary.Outcomes, exhaustive.Summary.Manifest);
        Console.WriteLine(FormattableString.Invariant(
            $"Exhaustive: {exhaustive.Tokens} tokens in the cells, about {references} in the reference runs; the settings of its frontier take {100.0 * exhaustive.TokensOfFrontier / exhaustive.Tokens:0.0} % of the first."));
        Console.WriteLine();
        Console.WriteLine("| precision | | cases | settings left | decoded tokens | with the reference runs | hypervolume | above the least accurate |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var precision in s_precisions)
        {
            var races = Enumerable.Range(1, orders).Select(order => Race(exhaustive, references, order, precision)).ToList();
            foreach (var (name, place) in new[] { ("least", 0), ("10th percentile", orders / 10), ("median", orders / 2), ("90th percentile", orders * 9 / 10), ("most", orders - 1) })
            {
                Console.WriteLine($"| {(place == 0 ? FormattableString.Invariant($"{100 * precision} %") : "")} | {name} | {At(one => one.Cases):0} | {At(one => one.Settings):0} | "
                    + string.Join(" | ", new[] { At(one => one.Tokens), At(one => one.WithReferences), At(one => one.Volume), At(one => one.AboveLeast) }
                        .Select(share => FormattableString.Invariant($"{100 * share:0.0} %"))) + " |");

                double At(Func<Replayed, double> value) => races.Select(value).Order().ElementAt(place);
            }
        }
    }

    private static Replayed Race(Exhaustive exhaustive, long references, int order, double precision)
    {
        var manifest = exhaustive.Summary.Manifest;
        var byCase = exhaustive.Summary.Outcomes.ToLookup(one => one.Cell.CaseId);
        string[] cases = [.. byCase.Select(group => group.Key).Order(StringComparer.Ordinal)];
        new Random(order).Shuffle(cases);
        var race = new FrontierRace(Sample.Descriptor.Graph, Sample.Settings, Sample.Options) { Precision = precision };
        var dropped = new HashSet<(string, Setting)>();
        var seen = new List<ProfiledOutcome>();
        var (tokens, runs, count) = (0L, 0L, 0);
        foreach (var block in cases.Chunk(10))
        {
            List<ProfiledOutcome> measured = [.. block.SelectMany(one => byCase[one]).Where(one => !dropped.Contains((one.Cell.Node, one.Cell.Setting)))];
            seen.AddRange(measured);
            tokens += TokenCount.Decoded(measured);
            runs += TokenCount.References(block.SelectMany(one => byCase[one]), manifest);
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

        var (volume, above) = exhaustive.VolumeOf(ProfileSummary.Of(manifest, seen, Sample.Settings));
        return new Replayed(
            count, seen.Select(one => (one.Cell.Node, one.Cell.Setting)).Distinct().Count(), (double)tokens / exhaustive.Tokens,
            (double)(tokens + runs) / (exhaustive.Tokens + references), volume, above);
    }
}
