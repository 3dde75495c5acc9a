using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A point of an old plan's frontier and what the new plan has there.</summary>
/// <param name="Kind">How the new configuration was found.</param>
/// <param name="Name">The preference's name, or the old configuration's id.</param>
/// <param name="Old">The old configuration.</param>
/// <param name="New">The new configuration; <see langword="null"/> where none is as fast, or as accurate.</param>
public sealed record FrontierPointChange(FrontierPointKind Kind, string Name, PlanDocumentConfiguration Old, PlanDocumentConfiguration? New)
{
    /// <summary>The change of accuracy; <see langword="null"/> where there is no new configuration.</summary>
    public QuantityChange? Accuracy => New is null ? null : QuantityChange.Accuracy(Old.Estimate, New.Estimate);

    /// <summary>The change of the mean latency in seconds; <see langword="null"/> where there is no new configuration.</summary>
    public QuantityChange? Latency => New is null ? null : QuantityChange.Latency(Old.Estimate, New.Estimate);

    /// <summary>The change of the p95 latency in seconds, of the mean where a plan has no p95; <see langword="null"/> where there is no new configuration.</summary>
    public QuantityChange? P95 => New is null ? null : QuantityChange.Tail(Old.Estimate, New.Estimate);
}
