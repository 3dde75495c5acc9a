namespace FlowCompile.Plans;

/// <summary>
/// A distribution of latencies by its quantiles at even shares: of n + 1 numbers the one at place k is the least latency that k of n parts of the runs
/// stay within; the first is the least latency of all, the last the greatest. Between two of them the share is taken to grow evenly, so that
/// <see cref="ShareWithin"/> is off by less than one part of n.
/// </summary>
public sealed class LatencyQuantiles : IEquatable<LatencyQuantiles>
{
    private readonly double[] _seconds;

    /// <summary>Creates a distribution.</summary>
    /// <param name="seconds">The quantiles in seconds, ascending, two or more, each 0 or more.</param>
    /// <exception cref="ArgumentException">They are fewer, descend, or one is negative or not finite.</exception>
    public LatencyQuantiles(params double[] seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        if (Problem(seconds) is { } problem)
        {
            throw new ArgumentException($"The quantiles of a latency {problem}.", nameof(seconds));
        }

        _seconds = [.. seconds];
    }

    /// <summary>The quantiles in seconds.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>The share of the runs that take no longer than a time. It allocates nothing.</summary>
    /// <param name="seconds">The time in seconds.</param>
    /// <returns>The share, 0 to 1.</returns>
    public double ShareWithin(double seconds)
    {
        var parts = _seconds.Length - 1;
        if (!(seconds >= _seconds[0]))
        {
            return 0;
        }

        if (seconds >= _seconds[parts])
        {
            return 1;
        }

        // The last quantile that is not above the time: the one after it is.
        var (low, high) = (0, parts);
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _seconds[middle] <= seconds ? (middle, high) : (low, middle);
        }

        return (low + ((seconds - _seconds[low]) / (_seconds[high] - _seconds[low]))) / parts;
    }

    /// <inheritdoc/>
    public bool Equals(LatencyQuantiles? other) => other is not null && _seconds.AsSpan().SequenceEqual(other._seconds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LatencyQuantiles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_seconds.Length, _seconds[0], _seconds[^1]);

    /// <summary>What is wrong with quantiles; <see langword="null"/> where nothing is.</summary>
    internal static string? Problem(IReadOnlyList<double> seconds)
    {
        if (seconds.Count < 2)
        {
            return "are two or more";
        }

        for (var i = 0; i < seconds.Count; i++)
        {
            if (seconds[i] is not (>= 0 and < double.PositiveInfinity))
            {
                return "are numbers of 0 or more";
            }

            if (i > 0 && seconds[i] < seconds[i - 1])
            {
                return "ascend";
            }
        }

        return null;
    }
}
