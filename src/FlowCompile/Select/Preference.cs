using System.Globalization;

namespace FlowCompile;

/// <summary>
/// What a caller wants of a run: a point between the fastest and the most accurate configuration, with or without limits. The default
/// value is <see cref="Balanced"/>.
/// </summary>
public readonly record struct Preference
{
    // The weight is kept as its distance from one half, so that the default value is the balanced preference.
    private readonly double _weightOffset;

    private Preference(double weight) => _weightOffset = weight - 0.5;

    /// <summary>The fastest configuration.</summary>
    public static Preference Fastest => new(0);

    /// <summary>Accuracy and latency count alike.</summary>
    public static Preference Balanced => default;

    /// <summary>The most accurate configuration.</summary>
    public static Preference MostAccurate => new(1);

    /// <summary>
    /// How much accuracy counts against latency: 0 chooses the fastest configuration, 1 the most accurate, and between them the one with
    /// the greatest <c>weight * a - (1 - weight) * l</c>, where <c>a</c> and <c>l</c> are accuracy and latency scaled to 0..1 over the
    /// plan's configurations.
    /// </summary>
    public double Weight => 0.5 + _weightOffset;

    /// <summary>Whether the choice is by the greater of the two regrets (<see cref="Chebyshev"/>).</summary>
    public bool IsChebyshev { get; private init; }

    /// <summary>The most mean latency allowed; <see langword="null"/> sets no limit.</summary>
    public TimeSpan? MaxLatency { get; init; }

    /// <summary>The least expected accuracy allowed, 0 to 1; <see langword="null"/> sets no limit.</summary>
    public double? MinAccuracy { get; init; }

    /// <summary>A point between the fastest and the most accurate configuration.</summary>
    /// <param name="weight">How much accuracy counts (<see cref="Weight"/>), 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not between 0 and 1.</exception>
    public static Preference Weighted(double weight) => weight is >= 0 and <= 1
        ? new Preference(weight)
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is between 0 (fastest) and 1 (most accurate).");

    /// <summary>
    /// A point between the fastest and the most accurate configuration, chosen by the greater of two regrets: the configuration with the least
    /// <c>max(weight * (1 - a), (1 - weight) * l)</c>, where <c>a</c> and <c>l</c> are accuracy and latency scaled to 0..1 over the plan's
    /// configurations. Every configuration of a frontier is the choice for some weight; <see cref="Weighted"/> never chooses one that
    /// lies below the line between two others.
    /// </summary>
    /// <remarks>The weighted Chebyshev norm (Bowman, On the relationship of the Tchebycheff norm and the efficient frontier, 1976).</remarks>
    /// <param name="weight">How much accuracy counts, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not between 0 and 1.</exception>
    public static Preference Chebyshev(double weight) => Weighted(weight) with { IsChebyshev = true };

    /// <summary>The most accurate configuration within a mean latency.</summary>
    /// <param name="maxLatency">The most mean latency allowed.</param>
    public static Preference Within(TimeSpan maxLatency) => MostAccurate with { MaxLatency = maxLatency };

    /// <summary>The fastest configuration of at least an accuracy.</summary>
    /// <param name="minAccuracy">The least expected accuracy allowed, 0 to 1.</param>
    public static Preference AtLeast(double minAccuracy) => Fastest with { MinAccuracy = minAccuracy };

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Weight switch { 0 => "fastest", 0.5 => "balanced", 1 => "most accurate", _ => Weight.ToString("0.###", CultureInfo.InvariantCulture) };
        text += IsChebyshev ? " (Chebyshev)" : "";
        return LimitsToString() is { Length: > 0 } limits ? $"{text}, {limits}" : text;
    }

    internal string LimitsToString()
    {
        var latency = MaxLatency is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most.TotalSeconds} s") : null;
        var accuracy = MinAccuracy is { } least ? string.Create(CultureInfo.InvariantCulture, $"accuracy at least {least}") : null;
        return string.Join(", ", new[] { latency, accuracy }.OfType<string>());
    }
}
