namespace FlowCompile.Compilation;

/// <summary>Something that two plans were made with and that differs.</summary>
/// <param name="What">What it is, for example <c>hardware</c> or <c>model mini</c>.</param>
/// <param name="Old">The old plan's; <see langword="null"/> where it does not say.</param>
/// <param name="New">The new plan's; <see langword="null"/> where it does not say.</param>
public sealed record ProvenanceChange(string What, string? Old, string? New);
