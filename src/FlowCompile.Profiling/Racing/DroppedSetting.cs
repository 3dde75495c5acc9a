namespace FlowCompile.Profiling;

/// <summary>A setting of a sub-agent that is no longer measured.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record DroppedSetting(string Node, Setting Setting, string Reason);
