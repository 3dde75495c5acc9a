namespace FlowCompile.Compilation;

/// <summary>One multiplication: the probability of a state, times that of an outcome, goes to the state that follows.</summary>
/// <param name="From">The state before.</param>
/// <param name="Row">The distribution, by its place in <see cref="InferenceStep.Rows"/>.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="To">The state after.</param>
internal readonly record struct InferenceOperation(int From, int Row, int Outcome, int To);

/// <summary>What the outcome of one vertex makes of the states before it.</summary>
/// <param name="Vertex">The vertex.</param>
/// <param name="Rows">What may be right in its inputs: one distribution for each.</param>
/// <param name="Operations">The multiplications, by the state after.</param>
/// <param name="Carried">The states that the vertex makes no call in, and what they become.</param>
/// <param name="States">How many states there are after it.</param>
internal sealed record InferenceStep(
    int Vertex, IReadOnlyList<InputState> Rows, InferenceOperation[] Operations, (int From, int To)[] Carried, int States)
{
    /// <summary>In which state before it which row decides.</summary>
    public (int From, int Row)[] Uses { get; } = [.. Operations.Select(operation => (operation.From, operation.Row)).Distinct()];

    /// <summary>The places of the rows, wrong inputs first: an order that does not depend on how the graph was declared.</summary>
    public int[] Order { get; } = [.. Enumerable.Range(0, Rows.Count).OrderBy(row => Rows[row].AllRight).ThenBy(row => Rows[row].RightCandidates).ThenBy(row => Rows[row].Candidates)];
}
