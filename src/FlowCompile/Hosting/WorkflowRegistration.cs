using FlowCompile.Graph;

namespace FlowCompile;

/// <summary>A workflow among services, whose plan may come from a file.</summary>
/// <param name="Graph">Its graph.</param>
internal sealed record WorkflowRegistration(WorkflowGraph Graph);
