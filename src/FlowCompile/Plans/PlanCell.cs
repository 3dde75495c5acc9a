namespace FlowCompile.Plans;

/// <summary>
/// What was measured of one sub-agent under one setting: what a run with a deadline reckons with, and what <see cref="DriftMonitor"/> compares
/// live calls with.
/// </summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Setting">The setting.</param>
/// <param name="LatencySeconds">The mean latency of a call in seconds.</param>
/// <param name="LatencyP95Seconds">What 95 of 100 calls stay within, in seconds; <see langword="null"/> where only the mean is known.</param>
public sealed record PlanCell(string Node, Setting Setting, double LatencySeconds, double? LatencyP95Seconds = null)
{
    /// <summary>The mean score over all inputs that the profile measured, 0 to 1; <see langword="null"/> where that is not known.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean number of generated tokens, thinking included; <see langword="null"/> where that is not known.</summary>
    public double? Tokens { get; init; }

    /// <summary>How many measured calls these are means of; <see langword="null"/> where that is not known.</summary>
    public int? Samples { get; init; }
}
