namespace FlowCompile.Compilation;

/// <summary>How often a case is drawn where chance has a part in its latency, and the chances of the draws.</summary>
internal static class LatencyDraws
{
    /// <summary>The draws of each case.</summary>
    public const int Count = 4;

    /// <summary>
    /// The chance of a draw, from 0 to below 1: for one vertex and case the draws are spread evenly, and over the cases they take all
    /// values. The same for every configuration, so that configurations are compared on the same draws.
    /// </summary>
    /// <param name="node">The node's index.</param>
    /// <param name="one">The case.</param>
    /// <param name="draw">The draw.</param>
    public static double Chance(int node, int one, int draw)
    {
        // SplitMix64's finalizer.
        var z = unchecked((((ulong)(uint)node << 32) | (uint)one) + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        var start = ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        return (start + ((double)draw / Count)) % 1;
    }
}
