namespace FlowCompile;

/// <summary>When a model call that takes long is made a second time, under the same setting.</summary>
public sealed class HedgePolicy
{
    private readonly TimeSpan? _after;

    private HedgePolicy(TimeSpan? after) => _after = after;

    /// <summary>
    /// After the 95th percentile of the latencies that the plan has of the sub-agent's calls under the setting: about one call in twenty. Not
    /// where there is no plan, or one that does not say.
    /// </summary>
    public static HedgePolicy AfterP95 { get; } = new(after: null);

    /// <summary>After a time.</summary>
    /// <param name="time">The time, above zero; one that no timer can take (49 days) is never over.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    public static HedgePolicy After(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return new HedgePolicy(time);
    }

    /// <summary>After how long a call is made again; <see langword="null"/> for never.</summary>
    /// <param name="p95Seconds">The 95th percentile of its latency, where it is known.</param>
    internal TimeSpan? For(double? p95Seconds) =>
        (_after?.TotalSeconds ?? p95Seconds) is > 0 and var seconds && seconds <= TimerLimit.Longest.TotalSeconds ? _after ?? TimeSpan.FromSeconds(seconds) : null;
}
