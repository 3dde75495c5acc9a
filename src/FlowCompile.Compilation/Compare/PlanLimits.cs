namespace FlowCompile.Compilation;

/// <summary>What a new plan may be worse by than an old one. What is not set is no limit.</summary>
public sealed record PlanLimits
{
    private readonly double? _maxAccuracyLoss;
    private readonly double? _maxP95Growth;

    /// <summary>
    /// The most accuracy that may be lost at a named point or at equal latency, 0 to 1. Where it is not set, accuracies that differ by 0.01
    /// count as equal when latencies are compared.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1: one in a hundred is 0.01.</exception>
    public double? MaxAccuracyLoss
    {
        get => _maxAccuracyLoss;
        init => _maxAccuracyLoss = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A loss of accuracy is from 0 to 1 (one in a hundred is 0.01); null sets no limit.");
    }

    /// <summary>
    /// The most that the p95 latency may grow at a named point or at equal accuracy, as a share of the old: 0.1 is a tenth. Where it is not
    /// set, latencies that differ by a tenth count as equal when accuracies are compared.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not a finite number.</exception>
    public double? MaxP95Growth
    {
        get => _maxP95Growth;
        init => _maxP95Growth = value is null or (>= 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A growth of latency is a number of 0 or more (a tenth is 0.1); null sets no limit.");
    }

    internal double AccuracySlack => MaxAccuracyLoss ?? 0.01;

    internal double LatencySlack => MaxP95Growth ?? 0.1;
}
