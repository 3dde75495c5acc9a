using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>A workflow among services, whose plan may come from a file.</summary>
/// <param name="Graph">Its graph.</param>
/// <param name="Plan">The plan compiled into it, where there is one.</param>
internal sealed record WorkflowRegistration(WorkflowGraph Graph, WorkflowPlan? Plan);
