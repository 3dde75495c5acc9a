namespace FlowCompile.Profiling;

/// <summary>How long calls or runs took.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">What half of them stayed within.</param>
/// <param name="P95">What 95 of 100 stayed within.</param>
public readonly record struct LatencySummary(TimeSpan Mean, TimeSpan P50, TimeSpan P95)
{
    /// <summary>Summarizes latencies.</summary>
    /// <param name="latencies">The latencies, in any order.</param>
    /// <returns>The summary, or <see langword="null"/> of nothing.</returns>
    public static LatencySummary? Of(IEnumerable<TimeSpan> latencies)
    {
        ArgumentNullException.ThrowIfNull(latencies);
        TimeSpan[] sorted = [.. latencies.Order()];
        return sorted.Length == 0 ? null : new LatencySummary(
            TimeSpan.FromTicks((long)sorted.Average(latency => latency.Ticks)), Quantile(sorted, 50), Quantile(sorted, 95));
    }

    // The smallest latency that at least so many percent do not exceed; a latency that was measured, not one between two.
    private static TimeSpan Quantile(TimeSpan[] sorted, int percent) => sorted[Math.Max(0, (((sorted.Length * percent) + 99) / 100) - 1)];
}
