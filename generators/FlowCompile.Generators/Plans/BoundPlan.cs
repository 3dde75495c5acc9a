using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A plan that is known to be one of the workflow's graph.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="GraphHash">The hash of the graph.</param>
/// <param name="Proxy">The proxy behind its estimates.</param>
/// <param name="Schedule">The schedule behind its latencies.</param>
/// <param name="Configurations">The configurations, fastest first.</param>
/// <param name="Provenance">Where it comes from, where it says so.</param>
/// <param name="Objectives">What the frontier trades off; empty where it does not say.</param>
/// <param name="AccuracyLoss">How much accuracy it may lose, where that is proven.</param>
/// <param name="Folded">How many configurations were folded into others, where any was.</param>
/// <param name="FoldedLoss">The most recorded accuracy that one of them has more, where any was folded.</param>
/// <param name="Cells">What was measured of single sub-agents.</param>
internal sealed record BoundPlan(
    string File,
    string GraphHash,
    string Proxy,
    string Schedule,
    EquatableArray<BoundConfiguration> Configurations,
    PlanProvenanceSpec? Provenance,
    EquatableArray<string> Objectives,
    double? AccuracyLoss,
    int? Folded,
    double? FoldedLoss,
    EquatableArray<PlanCellSpec> Cells);
