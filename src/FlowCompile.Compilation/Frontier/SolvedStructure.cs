namespace FlowCompile.Compilation;

/// <summary>A structure with its front.</summary>
/// <param name="Decomposed">The structure, taken apart.</param>
/// <param name="Front">Its front.</param>
/// <param name="Solver">What solved its parts.</param>
/// <param name="Bodies">The terms solved, for each vertex of the kernel.</param>
/// <param name="Choices">Where it is entangled, for each point of the front, by <see cref="FrontPoint.Left"/>, the row of every vertex of the kernel.</param>
internal sealed record SolvedStructure(
    DecomposedStructure Decomposed, Front Front, TermSolver Solver, Term?[] Bodies, IReadOnlyList<int[]>? Choices = null)
{
    /// <summary>The settings behind a point of the front, by node.</summary>
    public CallSettings?[] SettingsOf(int index)
    {
        var settings = new CallTrace(Decomposed.Structure.Counts.Count);
        if (Choices is null)
        {
            Solver.Trace(Bodies[0]!, index, settings);
            return settings.ToSettings();
        }

        var choice = Choices[Front[index].Left];
        for (var v = 0; v < choice.Length; v++)
        {
            if (Decomposed.Kernel.Vertices[v].Kind == VertexKind.Repair)
            {
                Solver.TraceRepairer(Decomposed.Kernel.Vertices[v].Node, choice[v], settings);
            }
            else if (Bodies[v] is { } body)
            {
                Solver.Trace(body, choice[v], settings);
            }
        }

        return settings.ToSettings();
    }
}
