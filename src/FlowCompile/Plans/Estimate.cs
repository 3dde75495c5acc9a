namespace FlowCompile.Plans;

/// <summary>What a configuration is expected to do, composed from the profile of its sub-agents.</summary>
public sealed record Estimate
{
    /// <summary>The expected score, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean latency in seconds, under the plan's schedule.</summary>
    public required double LatencySeconds { get; init; }

    /// <summary>The mean cost of a run in the currency of the prices in <c>flowcompile.json</c>; 0 where the models have no price.</summary>
    public double Cost { get; init; }

    /// <summary>The mean latency, under the plan's schedule.</summary>
    public TimeSpan Latency => TimeSpan.FromSeconds(LatencySeconds);
}
