using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>One estimated quantity in an old and a new plan.</summary>
/// <param name="Old">What it was.</param>
/// <param name="New">What it is.</param>
/// <param name="IsWithinNoise">
/// Whether the change lies within what other cases of the same kind could make: within the 90 % intervals of the two estimates, taken for
/// independent. <see langword="null"/> where there are no intervals.
/// </param>
public readonly record struct QuantityChange(double Old, double New, bool? IsWithinNoise)
{
    /// <summary>The new less the old.</summary>
    public double Change => New - Old;

    /// <summary>The change as a share of the old; <see langword="null"/> where that was 0.</summary>
    public double? Growth => Old > 0 ? (New / Old) - 1 : null;

    internal static QuantityChange Accuracy(Estimate old, Estimate @new) => Of(old.Accuracy, @new.Accuracy, old.AccuracyInterval, @new.AccuracyInterval);

    internal static QuantityChange Latency(Estimate old, Estimate @new) => Of(old.LatencySeconds, @new.LatencySeconds, old.LatencyInterval, @new.LatencyInterval);

    /// <summary>The p95 latency; the mean where one of the two plans knows no other.</summary>
    internal static QuantityChange Tail(Estimate old, Estimate @new) => (old.LatencyP95Seconds, @new.LatencyP95Seconds) is ({ } before, { } after)
        ? Of(before, after, old.LatencyP95Interval, @new.LatencyP95Interval)
        : Latency(old, @new);

    private static QuantityChange Of(double old, double @new, EstimateInterval? before, EstimateInterval? after)
    {
        if (before is not { } one || after is not { } other)
        {
            return new QuantityChange(old, @new, null);
        }

        // The sides that face each other: errors of independent estimates add up as squares.
        var (down, up) = @new >= old ? (one.High - old, @new - other.Low) : (old - one.Low, other.High - @new);
        return new QuantityChange(old, @new, Math.Abs(@new - old) <= Math.Sqrt((down * down) + (up * up)));
    }
}
