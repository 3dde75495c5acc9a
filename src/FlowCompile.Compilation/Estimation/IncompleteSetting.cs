namespace FlowCompile.Compilation;

/// <summary>A setting that a sub-agent may run under and that was not measured to the end.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Cause">Why.</param>
public sealed record IncompleteSetting(string Node, Setting Setting, IncompleteCause Cause);
