namespace FlowCompile.Profiling;

/// <summary>A cell with what it takes to measure it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Node">The sub-agent's index in the graph.</param>
/// <param name="Case">The case.</param>
/// <param name="Inputs">The inputs as JSON.</param>
/// <param name="Identity">The model's identity.</param>
/// <param name="Seed">The seed of its call; <see langword="null"/> for a greedy one, which no seed changes.</param>
internal sealed record PlannedCell(ProfileCell Cell, int Node, WorkflowCase Case, StoredInputs Inputs, string Identity, int? Seed)
{
    /// <summary>
    /// The key of its call: the hash of all that the output depends on. It is the key of the cell, too, unless a judge scores it: another
    /// judge needs no other call.
    /// </summary>
    public string CallKey { get; init; } = Cell.Key;

    /// <summary>Where it stands in its profile.</summary>
    public long Position { get; init; }
}
