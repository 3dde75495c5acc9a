namespace FlowCompile.Compilation;

/// <summary>One level of a <see cref="ChoiceTree"/>: a vertex, and what it may run under.</summary>
/// <param name="Vertex">The vertex of the network.</param>
/// <param name="Node">The node of the graph; -1 where there is nothing to choose.</param>
/// <param name="Settings">The settings; a single <see langword="null"/> where there is nothing to choose.</param>
/// <param name="Step">The step of inference; <see langword="null"/> where the vertex has no part in what is right.</param>
/// <param name="Rows">For each setting the distributions of the step's rows.</param>
/// <param name="Calls">For each setting what was recorded; <see langword="null"/> where no call is made.</param>
internal sealed record ChoiceLevel(
    int Vertex, int Node, CallSettings?[] Settings, InferenceStep? Step, OutcomeVectors[][] Rows, ICallOutcomes?[] Calls)
{
    /// <summary>The multiplications of the step, by the state before; none where the vertex has no part in what is right.</summary>
    public (int From, InferenceOperation[] Operations)[] Operations { get; } = Step is null
        ? []
        : [.. Step.Operations.GroupBy(operation => operation.From).Select(group => (group.Key, group.ToArray()))];

    /// <summary>The levels of a structure, in the order of inference.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="options">What the calls of each sub-agent may run under.</param>
    /// <param name="recorded">What was recorded.</param>
    public static IReadOnlyList<ChoiceLevel> Of(PairedStructure structure, CallOptions options, RecordedOutcomes recorded)
    {
        // The distributions of all steps come for one option of every sub-agent at a time.
        var own = structure.Structure.Counts.Select((count, node) => options.Of(node, Math.Max(1, count))).ToList();
        var outcomes = Enumerable.Range(0, own.Max(one => one.Count)).Select(i => structure.Outcomes(
            [.. own.Select(one => one.Count > 0 ? one[Math.Min(i, one.Count - 1)] : (CallSettings?)null)])).ToList();
        var levels = new List<ChoiceLevel>();
        for (var v = 0; v < structure.Network.Vertices.Count; v++)
        {
            var vertex = structure.Network.Vertices[v];
            var isCall = vertex.Kind is NetworkKind.Call or NetworkKind.Repair;
            var step = structure.StepOf[v];
            if (isCall || step >= 0)
            {
                CallSettings?[] settings = isCall ? [.. own[vertex.Node].Select(option => (CallSettings?)option)] : [null];
                levels.Add(new ChoiceLevel(
                    v,
                    isCall ? vertex.Node : -1,
                    settings,
                    step < 0 ? null : structure.Program.Steps[step],
                    [.. settings.Select((_, i) => step < 0 ? [] : outcomes[i][step])],
                    [.. settings.Select(setting => isCall ? recorded.Of(vertex.Node, setting) : null)]));
            }
        }

        return levels;
    }
}
