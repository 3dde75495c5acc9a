namespace FlowCompile.Profiling;

/// <summary>What a node received and returned in a reference run.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Replica">Which replica, from 0.</param>
/// <param name="Attempt">Which repair attempt, from 0.</param>
/// <param name="Inputs">What it received.</param>
/// <param name="Output">What it returned, as JSON.</param>
/// <param name="Score">The score of that; <see langword="null"/> for a node that cannot be scored.</param>
internal sealed record ReferenceOutput(string Node, int Replica, int Attempt, StoredInputs Inputs, string Output, double? Score);
