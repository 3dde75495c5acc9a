namespace FlowCompile;

/// <summary>A candidate list that ended early, each candidate by the index of its node (-1 for an input of the workflow) and its replica.</summary>
/// <param name="Present">Those that were there, in their order: what the node that has the list ran with.</param>
/// <param name="Agreed">Those of them that agreed.</param>
internal sealed record EndedList(IReadOnlyList<(int Node, int Replica)> Present, IReadOnlyList<(int Node, int Replica)> Agreed);
