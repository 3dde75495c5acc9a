using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// Says of one course of a workflow which outputs are right, and so which nodes received right inputs: by the score where a node has one; a
/// node without a score passes on the rightness of its inputs; a workflow input is right; a candidate list is right if any candidate is.
/// </summary>
internal sealed class InputRightness
{
    private readonly WorkflowGraph _graph;
    private readonly StructureSpace _space;
    private readonly WorkflowStructure _structure;
    private readonly ILookup<int, ReferenceOutput> _outputs;
    private readonly Dictionary<int, IReadOnlyList<bool>> _right = [];

    /// <summary>Takes a run.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">The structure that ran.</param>
    /// <param name="outputs">What its nodes returned.</param>
    public InputRightness(WorkflowGraph graph, WorkflowStructure structure, IEnumerable<ReferenceOutput> outputs)
    {
        _graph = graph;
        _space = new StructureSpace(graph);
        _structure = structure;
        _outputs = outputs.ToLookup(output => graph.IndexOf(output.Node));
    }

    /// <summary>Judges the inputs of a node.</summary>
    /// <param name="node">The node's index.</param>
    public JudgedInputs Judge(int node)
    {
        var (rightCandidates, candidates) = (0, 0);
        foreach (var input in _graph.Nodes[node].Inputs.Where(input => input.Kind == InputKind.Candidates))
        {
            var list = OfInput(node, input);
            rightCandidates += list.Count(right => right);
            candidates += list.Count;
        }

        // What a repairer must know is whether the value that failed its test is wrong indeed.
        var allRight = _graph.Nodes[node].Repair is { } repair
            ? IsRight(_space.ResolveOutput(_structure, _graph.IndexOf(repair.Target)))
            : InputsRight(node);
        return new JudgedInputs(allRight, rightCandidates, candidates);
    }

    private bool InputsRight(int node) => _graph.Nodes[node].Inputs.All(input => OfInput(node, input).Any(right => right));

    private List<bool> OfInput(int node, GraphInput input) => [.. _space.ResolveSources(_structure, node, input).SelectMany(OfNode)];

    private bool IsRight(int node) => OfNode(node).Any(right => right);

    /// <summary>For each output of a node, one for each replica, whether it is right; -1 stands for a workflow input.</summary>
    private IReadOnlyList<bool> OfNode(int node)
    {
        if (node < 0)
        {
            return [true];
        }

        if (!_right.TryGetValue(node, out var right))
        {
            right = Derive(node);
            _right.Add(node, right);
        }

        return right;
    }

    private IReadOnlyList<bool> Derive(int node)
    {
        // The last attempt is the one that counts: of a repairer, and of the test that looks at each attempt.
        var outputs = _outputs[node].GroupBy(output => output.Replica).OrderBy(group => group.Key).Select(group => group.MaxBy(output => output.Attempt)!).ToList();
        if (outputs.Count == 0)
        {
            // A repairer that had nothing to do passes its target's output on, a selector its only candidate; a branch not taken has no output.
            return _graph.Nodes[node].Repair is { } repair ? OfNode(_space.ResolveOutput(_structure, _graph.IndexOf(repair.Target)))
                : _structure.IsActive(node) && _graph.Nodes[node].Candidates is { MinBranches: > 1 } candidates && OfInput(node, candidates) is [var only] ? [only]
                : [];
        }

        return [.. outputs.Select(output => output.Score is { } score ? score >= Scorer.Right : InputsRight(node))];
    }
}
