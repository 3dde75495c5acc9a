namespace FlowCompile.Compilation;

/// <summary>How often a case is drawn where chance has a part in its latency, and the chances of the draws.</summary>
internal static class LatencyDraws
{
    private const int Fewest = 4;
    private const int Most = 12;
    private const int MostOfFewCases = 420; // by which all numbers up to 7 divide
    private const int MostRuns = 1 << 13;

    /// <summary>
    /// The draws of each case: the fewest, at least 4, by which every recorded call is drawn as often as the others of its case on such inputs. That is
    /// so where their number divides that of the draws. Where there is no such number up to 12, or 420 where the cases are few, it is the one by which it is so of most calls.
    /// </summary>
    /// <param name="calls">All recorded calls, by setting and sub-agent.</param>
    /// <param name="cases">The number of cases.</param>
    public static int Count(IEnumerable<IReadOnlyCollection<RecordedCall>> calls, int cases)
    {
        // How many calls are in groups of each size: those on like inputs, which a draw is taken from.
        var sizes = new Dictionary<int, long>();
        foreach (var group in calls.SelectMany(own => own.GroupBy(call => (call.Case, call.State))))
        {
            var size = group.Count();
            sizes[size] = sizes.GetValueOrDefault(size) + size;
        }

        var most = Math.Clamp(MostRuns / Math.Max(1, cases), Most, MostOfFewCases);
        return Enumerable.Range(Fewest, most - Fewest + 1).MinBy(draws => sizes.Where(size => draws % size.Key != 0).Sum(size => size.Value));
    }

    /// <summary>
    /// The chance of a draw, from 0 to below 1: for one vertex and case the draws are spread evenly, and over the cases they take all
    /// values. The same for every configuration, so that configurations are compared on the same draws.
    /// </summary>
    /// <param name="node">The node's index.</param>
    /// <param name="one">The case.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="draws">How many draws there are.</param>
    public static double Chance(int node, int one, int draw, int draws)
    {
        // SplitMix64's finalizer.
        var z = unchecked((((ulong)(uint)node << 32) | (uint)one) + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        var start = ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        return (start + ((double)draw / draws)) % 1;
    }
}
