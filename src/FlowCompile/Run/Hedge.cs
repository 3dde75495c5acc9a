namespace FlowCompile;

/// <summary>A model call that was made a second time because the first took long (<see cref="WorkflowRuntime.Hedging"/>).</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Replica">Which replica, from 0.</param>
/// <param name="Attempt">Which repair attempt, from 0.</param>
/// <param name="Setting">The setting in force, for both.</param>
/// <param name="After">How long the first had taken when the second was made.</param>
/// <param name="Won">Whether the second gave the answer.</param>
public sealed record Hedge(string Node, int Replica, int Attempt, Setting Setting, TimeSpan After, bool Won);
