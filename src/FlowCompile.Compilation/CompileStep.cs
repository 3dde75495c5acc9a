namespace FlowCompile.Compilation;

/// <summary>One thing that a pass did, and why.</summary>
/// <param name="Pass">The pass's name, for example <c>prune dominated settings</c>.</param>
/// <param name="Subject">What it did it to: a sub-agent, a structure, a configuration; empty for the whole workflow.</param>
/// <param name="Text">What it did and why, as a sentence without a full stop.</param>
public sealed record CompileStep(string Pass, string Subject, string Text);
