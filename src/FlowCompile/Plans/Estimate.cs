namespace FlowCompile.Plans;

/// <summary>What a configuration is expected to do, composed from the profile of its sub-agents.</summary>
public sealed record Estimate
{
    /// <summary>
    /// The expected score, 0 to 1. In a plan compiled with the paired proxy it is corrected for the choice of the configuration among many, and
    /// <see cref="RecordedAccuracy"/> is what the recorded cases say.
    /// </summary>
    public required double Accuracy { get; init; }

    /// <summary>
    /// The score on the recorded cases, 0 to 1, before it was corrected for the choice; <see langword="null"/> where nothing was corrected, and
    /// <see cref="Accuracy"/> is the score on the recorded cases itself.
    /// </summary>
    public double? RecordedAccuracy { get; init; }

    /// <summary>The mean latency in seconds, under the plan's schedule.</summary>
    public required double LatencySeconds { get; init; }

    /// <summary>The mean cost of a run in the currency of the prices in <c>flowcompile.json</c>; 0 where the models have no price.</summary>
    public double Cost { get; init; }

    /// <summary>The mean energy of a run in joules; <see langword="null"/> where it was not measured.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>
    /// The 90 % interval of <see cref="Accuracy"/>; <see langword="null"/> where the proxy knows no single cases. In a plan it allows for the choice of
    /// the configuration among many, and so may reach further down than up.
    /// </summary>
    public EstimateInterval? AccuracyInterval { get; init; }

    /// <summary>The 90 % interval of <see cref="LatencySeconds"/>; <see langword="null"/> where the proxy knows no single cases.</summary>
    public EstimateInterval? LatencyInterval { get; init; }

    /// <summary>What half of the runs stay within, in seconds; <see langword="null"/> where the proxy knows means only.</summary>
    public double? LatencyP50Seconds { get; init; }

    /// <summary>What 95 of 100 runs stay within, in seconds; <see langword="null"/> where the proxy knows means only.</summary>
    public double? LatencyP95Seconds { get; init; }

    /// <summary>What 99 of 100 runs stay within, in seconds; <see langword="null"/> where the proxy knows means only.</summary>
    public double? LatencyP99Seconds { get; init; }

    /// <summary>The 90 % interval of <see cref="Cost"/>; <see langword="null"/> where there is no cost, or the proxy knows no single cases.</summary>
    public EstimateInterval? CostInterval { get; init; }

    /// <summary>The 90 % interval of <see cref="EnergyJoules"/>; <see langword="null"/> where it was not measured, or the proxy knows no single cases.</summary>
    public EstimateInterval? EnergyInterval { get; init; }

    /// <summary>The 90 % interval of <see cref="LatencyP50Seconds"/>; <see langword="null"/> where that is.</summary>
    public EstimateInterval? LatencyP50Interval { get; init; }

    /// <summary>The 90 % interval of <see cref="LatencyP95Seconds"/>; <see langword="null"/> where that is.</summary>
    public EstimateInterval? LatencyP95Interval { get; init; }

    /// <summary>
    /// The 90 % interval of <see cref="LatencyP99Seconds"/>; <see langword="null"/> where that is. It ends at the longest latency recorded, or beyond that by
    /// as much as runs took longer than was composed.
    /// </summary>
    public EstimateInterval? LatencyP99Interval { get; init; }

    /// <summary>
    /// What the runs that are right take; <see langword="null"/> where the proxy knows no single cases, and in plans of earlier versions. It is not what all
    /// runs take: cases that take long are more often answered wrong.
    /// </summary>
    public LatencyQuantiles? RightLatency { get; init; }

    /// <summary>The number of cases the estimate is a mean over; <see langword="null"/> where the proxy knows no single cases.</summary>
    public int? Cases { get; init; }

    /// <summary>The probability that a run is right and within a time: <see cref="Accuracy"/> times the share of <see cref="RightLatency"/>.</summary>
    /// <param name="deadline">The time.</param>
    /// <returns>The probability, 0 to 1; <see langword="null"/> where it is not known.</returns>
    public double? RightWithin(TimeSpan deadline) => RightLatency is { } latency ? Accuracy * latency.ShareWithin(deadline.TotalSeconds) : null;

    /// <summary>The mean latency, under the plan's schedule.</summary>
    public TimeSpan Latency => TimeSpan.FromSeconds(LatencySeconds);
}
