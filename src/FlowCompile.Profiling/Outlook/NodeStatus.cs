namespace FlowCompile.Profiling;

/// <summary>How far the profile of a sub-agent is.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Measured">How many cells are measured and hold, failures included.</param>
/// <param name="Failed">How many of those failed.</param>
/// <param name="Missing">How many cells are to be measured at least.</param>
/// <param name="MissingAtMost">How many at most: some inputs are only known when other cells are measured.</param>
public sealed record NodeStatus(string Node, int Measured, int Failed, int Missing, int MissingAtMost);
