using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A plan file that could be read, not yet bound to a graph.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="WorkflowPosition">Where that stands in the file.</param>
/// <param name="GraphHash">The hash of the graph it was compiled for.</param>
/// <param name="GraphHashPosition">Where that stands in the file.</param>
/// <param name="Proxy">The proxy behind its estimates.</param>
/// <param name="Schedule">The schedule behind its latencies.</param>
/// <param name="Objectives">What the frontier trades off; empty where it does not say.</param>
/// <param name="AccuracyLoss">How much accuracy it may lose, where that is proven.</param>
/// <param name="Folded">How many configurations were folded into others, where any was.</param>
/// <param name="FoldedLoss">The most recorded accuracy that one of them has more, where any was folded.</param>
/// <param name="Provenance">Where it comes from, where it says so.</param>
/// <param name="Cells">What was measured of single sub-agents.</param>
/// <param name="Configurations">The configurations, fastest first.</param>
internal sealed record PlanDocument(
    string Workflow,
    int WorkflowPosition,
    string GraphHash,
    int GraphHashPosition,
    string Proxy,
    string Schedule,
    EquatableArray<string> Objectives,
    double? AccuracyLoss,
    int? Folded,
    double? FoldedLoss,
    PlanProvenanceSpec? Provenance,
    EquatableArray<PlanCellSpec> Cells,
    EquatableArray<PlanConfiguration> Configurations);
