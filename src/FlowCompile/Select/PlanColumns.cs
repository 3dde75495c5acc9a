using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// The estimates of a plan's configurations as plain arrays, what accuracy and latency are scaled by, and the order of preference that
/// every choice agrees with: by value, of equal ones the more accurate, of those the faster, of those the first.
/// </summary>
internal sealed class PlanColumns
{
    /// <summary>How much the sum of the two regrets counts beside the greater.</summary>
    public const double TieBreak = 1e-9;

    private const int Lanes = 8;
    private static readonly Vector512<ulong> s_bits = Vector512.Create(1UL, 2, 4, 8, 16, 32, 64, 128);
    private static readonly Vector512<double> s_known =
        Vector512.Create(double.PositiveInfinity).WithElement((int)PreferenceLimit.Energy, double.MaxValue);

    private readonly LatencyQuantiles?[] _right;
    private readonly double[][] _limited; // by PreferenceLimit; infinite where the plan does not know
    private readonly double[] _rows; // of each configuration what limits are about, so that all of them are compared at once

    public PlanColumns(IReadOnlyList<WorkflowConfiguration> configurations, PlanColumns? scales = null)
    {
        Latency = Column(estimate => estimate.LatencySeconds);
        Accuracy = Column(estimate => estimate.Accuracy);
        Cost = Column(estimate => estimate.Cost);
        Energy = Column(estimate => estimate.EnergyJoules ?? double.PositiveInfinity);
        _right = [.. configurations.Select(configuration => configuration.Estimate!.RightLatency)];
        _limited =
        [
            Latency,
            Column(estimate => estimate.LatencyP50Seconds ?? double.PositiveInfinity),
            Column(estimate => estimate.LatencyP95Seconds ?? double.PositiveInfinity),
            Cost,
            Energy,
            Accuracy,
        ];
        _rows = [.. Enumerable.Range(0, Lanes * Count).Select(i => (i % Lanes) switch
        {
            (int)PreferenceLimit.Accuracy => -Accuracy[i / Lanes],
            < (int)PreferenceLimit.Accuracy and var limit => _limited[limit][i / Lanes],
            _ => 0,
        })];
        BestAccuracy = scales?.BestAccuracy ?? Accuracy.Max();
        LeastLatency = scales?.LeastLatency ?? Latency.Min();
        LatencyScale = scales?.LatencyScale ?? Scale(Latency);
        AccuracyScale = scales?.AccuracyScale ?? Scale(Accuracy);

        double[] Column(Func<Estimate, double> value) => [.. configurations.Select(configuration => value(configuration.Estimate!))];
    }

    public double[] Latency { get; }

    public double[] Accuracy { get; }

    public double[] Cost { get; }

    public double[] Energy { get; }

    public double BestAccuracy { get; }

    public double LeastLatency { get; }

    public double LatencyScale { get; }

    public double AccuracyScale { get; }

    public int Count => Latency.Length;

    /// <summary>What a limit is about, for each configuration; infinite where the plan does not know.</summary>
    public double[] Of(PreferenceLimit limit) => _limited[(int)limit];

    /// <summary>What the rows must be at most; infinite where there is no limit. A preference for the least energy asks that it is known.</summary>
    public static Vector512<double> LimitsOf(in Preference preference)
    {
        var isSet = Vector512.Equals(Vector512.Create((ulong)preference.Limits) & s_bits, s_bits);
        var limits = Vector512.ConditionalSelect(isSet.AsDouble(), preference.AllAllowed, Vector512.Create(double.PositiveInfinity));
        return preference.Objective == PreferenceObjective.Energy ? Vector512.Min(limits, s_known) : limits;
    }

    /// <summary>Whether a configuration keeps all limits.</summary>
    public bool Keeps(int configuration, Vector512<double> limits) => Vector512.LessThanOrEqualAll(Row(configuration), limits);

    /// <summary>The limits that a configuration does not keep, a bit for each <see cref="PreferenceLimit"/>.</summary>
    public int Broken(int configuration, in Preference preference)
    {
        var row = _rows.AsSpan(configuration * Lanes, Lanes);
        var broken = 0;
        for (var rest = preference.Limits; rest != 0; rest &= rest - 1)
        {
            var limit = BitOperations.TrailingZeroCount(rest);
            var most = preference.Allowed((PreferenceLimit)limit) * Sign((PreferenceLimit)limit);
            broken |= row[limit] <= most ? 0 : 1 << limit;
        }

        return broken;
    }

    /// <summary>Whether a configuration keeps one limit.</summary>
    public bool Keeps(int configuration, PreferenceLimit limit, double allowed) =>
        limit == PreferenceLimit.Accuracy ? Accuracy[configuration] >= allowed : _limited[(int)limit][configuration] <= allowed;

    /// <summary>What a preference makes of a configuration; the greatest is chosen.</summary>
    public double Value(int configuration, in Preference preference) => preference.Objective switch
    {
        PreferenceObjective.Cost => -Cost[configuration],
        PreferenceObjective.Energy => -Energy[configuration],
        PreferenceObjective.RightInTime => RightWithin(configuration, preference.DeadlineSeconds),
        _ => Tradeoff(configuration, preference.Weight * AccuracyScale, (1 - preference.Weight) * LatencyScale, preference.IsChebyshev),
    };

    /// <summary>The probability that a run is right and within a time; not a number where it is not known, and that is never the best.</summary>
    public double RightWithin(int configuration, double seconds) =>
        _right[configuration] is { } latency ? Accuracy[configuration] * latency.ShareWithin(seconds) : double.NaN;

    /// <summary>Whether it is known what right runs of a configuration take.</summary>
    public bool KnowsRightLatency(int configuration) => _right[configuration] is not null;

    /// <summary>What a preference between accuracy and latency makes of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="gain">What accuracy counts.</param>
    /// <param name="loss">What latency counts.</param>
    /// <param name="isRegret">Whether it is the greater of the two regrets.</param>
    public double Tradeoff(int configuration, double gain, double loss, bool isRegret) => isRegret
        ? Regret(gain * (BestAccuracy - Accuracy[configuration]), loss * (Latency[configuration] - LeastLatency))
        : (gain * Accuracy[configuration]) - (loss * Latency[configuration]);

    /// <summary>Takes a configuration where it is better than the best so far.</summary>
    public void Improve(ref int best, ref double bestValue, int configuration, in Preference preference)
    {
        var value = Value(configuration, preference);
        if (value > bestValue || (value == bestValue && (best < 0 || ComesBefore(configuration, best))))
        {
            best = configuration;
            bestValue = value;
        }
    }

    /// <summary>Takes a configuration where it is better than the best so far and keeps all limits.</summary>
    public void ImproveWithin(ref int best, ref double bestValue, int configuration, in Preference preference, Vector512<double> limits)
    {
        if (Keeps(configuration, limits))
        {
            Improve(ref best, ref bestValue, configuration, preference);
        }
    }

    /// <summary>Whether one configuration is chosen before another of the same value.</summary>
    public bool ComesBefore(int one, int other) =>
        Accuracy[one] != Accuracy[other] ? Accuracy[one] > Accuracy[other]
        : Latency[one] != Latency[other] ? Latency[one] < Latency[other]
        : one < other;

    /// <summary>The configurations of which a number is known that should be small, the one that is chosen first.</summary>
    public int[] Ranked(double[] values) =>
    [
        .. Enumerable.Range(0, Count).Where(i => double.IsFinite(values[i]))
            .OrderBy(i => values[i]).ThenByDescending(i => Accuracy[i]).ThenBy(i => Latency[i]),
    ];

    private static double Sign(PreferenceLimit limit) => limit == PreferenceLimit.Accuracy ? -1 : 1;

    private Vector512<double> Row(int configuration) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_rows), (nuint)(configuration * Lanes));

    // The sum breaks ties, so that of two configurations with one greater regret the dominated one is never chosen.
    private static double Regret(double accuracy, double latency) => -(accuracy > latency ? accuracy : latency) - (TieBreak * (accuracy + latency));

    private static double Scale(double[] values) => values.Max() - values.Min() is > 0 and var range ? 1 / range : 0;
}
