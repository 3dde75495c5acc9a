using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowCompile;

/// <summary>
/// What a caller wants of a run: a point between the fastest and the most accurate configuration, the cheapest, or the one of least energy;
/// with or without limits, of which any may be set together. The default value is <see cref="Balanced"/>.
/// </summary>
/// <remarks>A limit on what the plan does not know of a configuration, for example its energy, is not kept by that configuration.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Preference
{
    private static readonly Vector512<double> s_opposite = Vector512.Create(0.0).WithElement((int)PreferenceLimit.Accuracy, -0.0);


    // The weight is kept as its distance from one half, so that the default value is the balanced preference; a preference that has no weight keeps
    // its deadline in seconds there. Limits are kept as plain numbers with a bit each, in the order of PreferenceLimit, which makes a preference
    // one cache line.
    private readonly double _maxLatency;
    private readonly double _maxLatencyP50;
    private readonly double _maxLatencyP95;
    private readonly double _maxCost;
    private readonly double _maxEnergy;
    private readonly double _minAccuracy;
    private readonly double _weightOrDeadline;
    private readonly byte _limits;
    private readonly byte _objective;

    private Preference(double weight, PreferenceObjective objective = PreferenceObjective.Weighted)
        : this(objective, weight - 0.5)
    {
    }

    private Preference(PreferenceObjective objective, double weightOrDeadline) => (_objective, _weightOrDeadline) = ((byte)objective, weightOrDeadline);

    /// <summary>The fastest configuration.</summary>
    public static Preference Fastest => new(0);

    /// <summary>Accuracy and latency count alike.</summary>
    public static Preference Balanced => default;

    /// <summary>The most accurate configuration.</summary>
    public static Preference MostAccurate => new(1);

    /// <summary>The cheapest configuration; of several, the most accurate.</summary>
    public static Preference Cheapest => new(0.5, PreferenceObjective.Cost);

    /// <summary>The configuration that takes the least energy; of several, the most accurate. One whose energy was not measured is never chosen.</summary>
    public static Preference LeastEnergy => new(0.5, PreferenceObjective.Energy);

    /// <summary>
    /// How much accuracy counts against latency: 0 chooses the fastest configuration, 1 the most accurate, and between them the one with
    /// the greatest <c>weight * a - (1 - weight) * l</c>, where <c>a</c> and <c>l</c> are accuracy and latency scaled to 0..1 over the
    /// plan's configurations. <see cref="Cheapest"/> and <see cref="LeastEnergy"/> ignore it,
    /// and <see cref="MostLikelyWithin"/> has 0.5.
    /// </summary>
    public double Weight => Objective == PreferenceObjective.RightInTime ? 0.5 : 0.5 + _weightOrDeadline;

    /// <summary>The time of <see cref="MostLikelyWithin"/>; <see langword="null"/> for other preferences.</summary>
    public TimeSpan? Deadline => Objective == PreferenceObjective.RightInTime ? Time(_weightOrDeadline) : null;

    /// <summary>What is chosen by, among the configurations that keep the limits.</summary>
    public PreferenceObjective Objective => (PreferenceObjective)_objective;

    /// <summary>Whether the choice is by the greater of the two regrets (<see cref="Chebyshev"/>).</summary>
    public bool IsChebyshev => Objective == PreferenceObjective.Chebyshev;

    /// <summary>The most mean latency allowed; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan? MaxLatency
    {
        get => Has(PreferenceLimit.Latency) ? Time(_maxLatency) : null;
        init => (_maxLatency, _limits) = (Seconds(value), With(PreferenceLimit.Latency, value is not null));
    }

    /// <summary>The most that the median latency may be: half of the runs are expected within it; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan? MaxLatencyP50
    {
        get => Has(PreferenceLimit.LatencyP50) ? Time(_maxLatencyP50) : null;
        init => (_maxLatencyP50, _limits) = (Seconds(value), With(PreferenceLimit.LatencyP50, value is not null));
    }

    /// <summary>The most that the 95th percentile of the latency may be: 95 of 100 runs are expected within it; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan? MaxLatencyP95
    {
        get => Has(PreferenceLimit.LatencyP95) ? Time(_maxLatencyP95) : null;
        init => (_maxLatencyP95, _limits) = (Seconds(value), With(PreferenceLimit.LatencyP95, value is not null));
    }

    /// <summary>The most mean cost of a run allowed, in the currency of the prices; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not a finite number.</exception>
    public double? MaxCost
    {
        get => Has(PreferenceLimit.Cost) ? _maxCost : null;
        init => (_maxCost, _limits) = (Amount(value, "cost"), With(PreferenceLimit.Cost, value is not null));
    }

    /// <summary>The most mean energy of a run allowed, in joules; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not a finite number.</exception>
    public double? MaxEnergyJoules
    {
        get => Has(PreferenceLimit.Energy) ? _maxEnergy : null;
        init => (_maxEnergy, _limits) = (Amount(value, "energy"), With(PreferenceLimit.Energy, value is not null));
    }

    /// <summary>The least expected accuracy allowed, 0 to 1; <see langword="null"/> sets no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1: 90 % is 0.9.</exception>
    public double? MinAccuracy
    {
        get => Has(PreferenceLimit.Accuracy) ? _minAccuracy : null;
        init => (_minAccuracy, _limits) = (Share(value), With(PreferenceLimit.Accuracy, value is not null));
    }

    /// <summary>The limits that are set, a bit for each <see cref="PreferenceLimit"/>.</summary>
    internal int Limits => _limits;

    /// <summary>A point between the fastest and the most accurate configuration.</summary>
    /// <param name="weight">How much accuracy counts (<see cref="Weight"/>), 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not between 0 and 1.</exception>
    public static Preference Weighted(double weight) => new(Checked(weight));

    /// <summary>
    /// A point between the fastest and the most accurate configuration, chosen by the greater of two regrets: the configuration with the least
    /// <c>max(weight * (1 - a), (1 - weight) * l)</c>, where <c>a</c> and <c>l</c> are accuracy and latency scaled to 0..1 over the plan's
    /// configurations. Every configuration of a frontier is the choice for some weight; <see cref="Weighted"/> never chooses one that
    /// lies below the line between two others.
    /// </summary>
    /// <remarks>The weighted Chebyshev norm (Bowman, On the relationship of the Tchebycheff norm and the efficient frontier, 1976).</remarks>
    /// <param name="weight">How much accuracy counts, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not between 0 and 1.</exception>
    public static Preference Chebyshev(double weight) => new(Checked(weight), PreferenceObjective.Chebyshev);

    /// <summary>The most accurate configuration within a mean latency.</summary>
    /// <param name="maxLatency">The most mean latency allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLatency"/> is negative.</exception>
    public static Preference Within(TimeSpan maxLatency) => MostAccurate with { MaxLatency = maxLatency };

    /// <summary>The fastest configuration of at least an accuracy.</summary>
    /// <param name="minAccuracy">The least expected accuracy allowed, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minAccuracy"/> is not from 0 to 1: 90 % is 0.9.</exception>
    public static Preference AtLeast(double minAccuracy) => Fastest with { MinAccuracy = minAccuracy };

    /// <summary>
    /// The configuration with the greatest recorded probability that a run is right and in time (<see cref="Plans.Estimate.RightWithin"/>); of several, the
    /// most accurate, and of those the fastest. It needs a plan that knows the latencies of right runs (<see cref="Plans.Estimate.RightLatency"/>).
    /// </summary>
    /// <remarks>
    /// A limit on the mean or on a percentile of the latency asks whether a configuration is fast enough; this one weighs what it loses by being late
    /// against what it gains by being right. Time is a matter of each run, money of many: <paramref name="maxCost"/> is a limit on the mean cost, as
    /// <see cref="MaxCost"/> is.
    /// </remarks>
    /// <param name="deadline">The time that a run has, 0 or more.</param>
    /// <param name="maxCost">The most mean cost of a run allowed (default: no limit).</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="deadline"/> is negative, or <paramref name="maxCost"/> is negative or not a finite number.
    /// </exception>
    public static Preference MostLikelyWithin(TimeSpan deadline, double? maxCost = null) => new(
        PreferenceObjective.RightInTime,
        deadline >= TimeSpan.Zero ? deadline.TotalSeconds : throw new ArgumentOutOfRangeException(nameof(deadline), deadline, "A deadline is not negative: no run would keep it."))
    {
        MaxCost = maxCost,
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Objective switch
        {
            PreferenceObjective.Cost => "cheapest",
            PreferenceObjective.Energy => "least energy",
            PreferenceObjective.RightInTime => string.Create(CultureInfo.InvariantCulture, $"most likely right within {_weightOrDeadline} s"),
            _ => Weight switch { 0 => "fastest", 0.5 => "balanced", 1 => "most accurate", _ => Weight.ToString("0.###", CultureInfo.InvariantCulture) },
        };
        text += IsChebyshev ? " (Chebyshev)" : "";
        return Limits == 0 ? text : $"{text}, {LimitsToString()}";
    }

    internal bool Has(PreferenceLimit limit) => (_limits >> (int)limit & 1) != 0;

    /// <summary>What a limit that is set allows, in its unit. A branch on the limit would be foreseen by nothing.</summary>
    internal double Allowed(PreferenceLimit limit) => Unsafe.Add(ref Unsafe.AsRef(in _maxLatency), (int)limit);

    /// <summary>What all limits allow at most, in the order of <see cref="PreferenceLimit"/>; of accuracy, the opposite. Any number for those that are not set.</summary>
    internal Vector512<double> AllAllowed
    {
        get
        {
            ref var first = ref Unsafe.AsRef(in _maxLatency);
            return Vector512.Create(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 4)) ^ s_opposite;
        }
    }

    /// <summary>The same preference without its limits.</summary>
    internal Preference Unlimited() => new(Objective, _weightOrDeadline);

    /// <summary>The deadline in seconds, of a preference that has one.</summary>
    internal double DeadlineSeconds => _weightOrDeadline;

    internal string LimitsToString()
    {
        var preference = this;
        return string.Join(", ", Enum.GetValues<PreferenceLimit>().Where(limit => preference.Has(limit)).Select(limit => Text(limit, preference.Allowed(limit))));
    }

    private static string Text(PreferenceLimit limit, double allowed)
    {
        var (before, after) = limit switch
        {
            PreferenceLimit.Latency => ("at most", " s"),
            PreferenceLimit.LatencyP50 => ("p50 at most", " s"),
            PreferenceLimit.LatencyP95 => ("p95 at most", " s"),
            PreferenceLimit.Cost => ("cost at most", ""),
            PreferenceLimit.Energy => ("energy at most", " J"),
            _ => ("accuracy at least", ""),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{before} {allowed}{after}");
    }

    // To the tick what was set, for times up to a hundred years.
    private static TimeSpan Time(double seconds) =>
        Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? new TimeSpan((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
        : seconds > 0 ? TimeSpan.MaxValue
        : TimeSpan.MinValue;

    private static double Seconds(TimeSpan? value) => value is not { } time ? 0
        : time >= TimeSpan.Zero ? time.TotalSeconds
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit on latency is not negative, and no run would keep it; null sets none.");

    private static double Amount(double? value, string what) => value is not { } number ? 0
        : number >= 0 && double.IsFinite(number) ? number
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"A limit on {what} is a number of 0 or more; null sets none.");

    private static double Share(double? value) => value is not { } number ? 0
        : number is >= 0 and <= 1 ? number
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit on accuracy is from 0 to 1 (90 % is 0.9); null sets none.");

    private static double Checked(double weight) => weight is >= 0 and <= 1
        ? weight
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is between 0 (fastest) and 1 (most accurate).");

    private byte With(PreferenceLimit limit, bool isSet) => (byte)(isSet ? _limits | (1 << (int)limit) : _limits & ~(1 << (int)limit));
}
