namespace FlowCompile.Profiling;

/// <summary>One reference run that a profile needs.</summary>
/// <param name="Key">The hash of all that it depends on.</param>
/// <param name="Case">The case.</param>
/// <param name="Variant">Strong or weak.</param>
/// <param name="Setting">The setting of every sub-agent that may run under it.</param>
internal sealed record ReferenceRequest(string Key, WorkflowCase Case, InputVariant Variant, Setting Setting);
