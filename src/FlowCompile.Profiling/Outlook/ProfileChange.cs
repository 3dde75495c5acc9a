namespace FlowCompile.Profiling;

/// <summary>Something that has changed since a profile was made.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Its name: of a node, a model or a case; empty where there is only one of its kind.</param>
/// <param name="Text">What has changed, and what follows from it, in one line.</param>
public sealed record ProfileChange(ChangeKind Kind, string Subject, string Text);
