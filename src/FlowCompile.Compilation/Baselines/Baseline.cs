using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A configuration that somebody would choose without a compiler.</summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Configuration">The configuration with its estimate.</param>
public sealed record Baseline(BaselineKind Kind, WorkflowConfiguration Configuration);
