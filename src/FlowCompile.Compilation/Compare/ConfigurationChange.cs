using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A configuration that is in an old plan, in a new one, or in both.</summary>
/// <param name="Text">The configuration as text.</param>
/// <param name="Old">What the old plan says of it; <see langword="null"/> where it was added.</param>
/// <param name="New">What the new plan says of it; <see langword="null"/> where it was removed.</param>
public sealed record ConfigurationChange(string Text, PlanDocumentConfiguration? Old, PlanDocumentConfiguration? New)
{
    /// <summary>The change of its accuracy, where both plans have it.</summary>
    public QuantityChange? Accuracy => Old is not null && New is not null ? QuantityChange.Accuracy(Old.Estimate, New.Estimate) : null;

    /// <summary>The change of its mean latency in seconds, where both plans have it.</summary>
    public QuantityChange? Latency => Old is not null && New is not null ? QuantityChange.Latency(Old.Estimate, New.Estimate) : null;

    /// <summary>The change of its p95 latency in seconds (of its mean where a plan has no p95), where both plans have it.</summary>
    public QuantityChange? P95 => Old is not null && New is not null ? QuantityChange.Tail(Old.Estimate, New.Estimate) : null;

    /// <summary>Whether both plans have it with the same estimate; intervals that one of them does not say are no change.</summary>
    public bool IsUnchanged => Old is not null && New is not null && Old.Estimate == New.Estimate with
    {
        CostInterval = Shared(New.Estimate.CostInterval, Old.Estimate.CostInterval),
        EnergyInterval = Shared(New.Estimate.EnergyInterval, Old.Estimate.EnergyInterval),
        LatencyP50Interval = Shared(New.Estimate.LatencyP50Interval, Old.Estimate.LatencyP50Interval),
        LatencyP95Interval = Shared(New.Estimate.LatencyP95Interval, Old.Estimate.LatencyP95Interval),
        LatencyP99Interval = Shared(New.Estimate.LatencyP99Interval, Old.Estimate.LatencyP99Interval),
    };

    private static EstimateInterval? Shared(EstimateInterval? @new, EstimateInterval? old) => @new is null || old is null ? old : @new;
}
