using FlowCompile.Compilation;
using FlowCompile.Graph;

namespace FlowCompile.Tool.Output;

/// <summary>What there is to explain of a workflow.</summary>
/// <param name="Graph">Its graph.</param>
/// <param name="Compiled">Its frontier.</param>
/// <param name="Explainer">The explainer of the frontier.</param>
/// <param name="Asked">The configuration that was asked for; <see langword="null"/> where all of the frontier is to be explained.</param>
internal sealed record ExplainReport(WorkflowGraph Graph, CompiledFrontier Compiled, FrontierExplainer Explainer, ConfigurationExplanation? Asked);
