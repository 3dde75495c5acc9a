namespace FlowCompile.Compilation;

/// <summary>A structure with its front.</summary>
/// <param name="Decomposed">The structure, taken apart.</param>
/// <param name="Front">Its front.</param>
/// <param name="Choices">Where it is entangled, for each point of the front, by <see cref="FrontPoint.Left"/>, the row of every vertex of the kernel.</param>
internal sealed record SolvedStructure(DecomposedStructure Decomposed, Front Front, IReadOnlyList<int[]>? Choices);
