namespace FlowCompile.Compilation;

/// <summary>What a new plan may be worse by than an old one. What is not set is no limit.</summary>
public sealed record PlanLimits
{
    /// <summary>
    /// The most accuracy that may be lost at a named point or at equal latency, 0 to 1. Where it is not set, accuracies that differ by 0.01
    /// count as equal when latencies are compared.
    /// </summary>
    public double? MaxAccuracyLoss { get; init; }

    /// <summary>
    /// The most that the p95 latency may grow at a named point or at equal accuracy, as a share of the old: 0.1 is a tenth. Where it is not
    /// set, latencies that differ by a tenth count as equal when accuracies are compared.
    /// </summary>
    public double? MaxP95Growth { get; init; }

    internal double AccuracySlack => MaxAccuracyLoss ?? 0.01;

    internal double LatencySlack => MaxP95Growth ?? 0.1;
}
