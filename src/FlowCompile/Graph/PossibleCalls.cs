namespace FlowCompile.Graph;

/// <summary>
/// Which nodes of a structure may be called, over all values that routers return: a selector whose candidates are in branches that exclude one another
/// never has more than one of them, and passes it on without a call. A branch is taken only where its router runs, and what waits for a node that fails is
/// not called.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
internal sealed class PossibleCalls
{
    private const int WorkflowInput = -1;
    private const int MostScenarios = 4096;
    private readonly WorkflowGraph _graph;
    private readonly List<string> _routers;
    private readonly List<int> _routerNodes;
    private readonly List<List<string?>> _values; // of each router those that branches name, and null for any other

    private PossibleCalls(WorkflowGraph graph)
    {
        _graph = graph;
        _routers = graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct().ToList();
        _routerNodes = _routers.Select(graph.IndexOf).ToList();
        _values = _routers
            .Select(router => graph.Nodes.Where(node => node.Condition?.Router == router).SelectMany(node => node.Condition!.Values).Distinct().Select(value => (string?)value).Append(null).ToList())
            .ToList();
    }

    /// <summary>
    /// What decides for a graph; <see langword="null"/> where every node that runs may be called: nothing branches, or routers have too many values to
    /// try them all.
    /// </summary>
    public static PossibleCalls? Of(WorkflowGraph graph)
    {
        if (graph.Nodes.All(node => node.Condition is null) || graph.Nodes.All(node => node.Candidates is null))
        {
            return null;
        }

        var calls = new PossibleCalls(graph);
        return calls._values.Aggregate(1.0, (product, values) => product * values.Count) <= MostScenarios ? calls : null;
    }

    /// <summary>For each node whether some values of the routers let it be called.</summary>
    /// <param name="structure">The structure.</param>
    public bool[] In(WorkflowStructure structure)
    {
        var space = new StructureSpace(_graph);
        var active = _graph.Order.Where(structure.IsActive).ToList();
        var sources = active.ToDictionary(node => node, node => _graph.Nodes[node].Inputs.Select(input => space.ResolveSources(structure, node, input)).ToList());
        var called = new bool[_graph.Nodes.Count];
        var choice = new int[_routers.Count];
        do
        {
            var ends = new End[_graph.Nodes.Count];
            foreach (var node in active)
            {
                bool isCalled;
                (ends[node], isCalled) = Look(structure, node, sources[node], ends, choice);
                called[node] |= isCalled;
            }
        }
        while (Next(choice));

        return called;
    }

    /// <summary>How a node ends, and whether it is called. It looks at its router first, then at its inputs in order, and a repairer at its test.</summary>
    private (End End, bool IsCalled) Look(WorkflowStructure structure, int node, List<IReadOnlyList<int>> sources, End[] ends, int[] choice)
    {
        if (_graph.Nodes[node].Condition is { } condition)
        {
            var router = _routers.IndexOf(condition.Router);
            if (structure.IsActive(_routerNodes[router]) && ends[_routerNodes[router]] is not End.HasOutput and var end)
            {
                return (end, false);
            }

            var value = _values[router][choice[router]];
            if (condition.IsOtherwise ? value is not null : value is null || !condition.Values.Contains(value))
            {
                return (End.IsEmpty, false);
            }
        }

        var inputs = _graph.Nodes[node].Inputs;
        int? tooFew = null;
        for (var i = 0; i < inputs.Count; i++)
        {
            if (sources[i].Any(source => source != WorkflowInput && ends[source] == End.Fails))
            {
                return (End.Fails, false);
            }

            var there = sources[i].Where(source => source == WorkflowInput || ends[source] == End.HasOutput).ToList();
            if (there.Count == 0 && (sources[i].Count > 0 || inputs[i].Kind == InputKind.Candidates))
            {
                return (End.IsEmpty, false);
            }

            var branches = there.Sum(source => source != WorkflowInput && _graph.Nodes[source].IsReplicated ? structure.Counts[source] : 1);
            if (inputs[i].Kind == InputKind.Candidates && branches < inputs[i].MinBranches)
            {
                tooFew = branches;
            }
        }

        if (_graph.Nodes[node].Repair is { } repair && _graph.IndexOf(repair.Test) is var test && structure.IsActive(test) && ends[test] is not End.HasOutput and var tested)
        {
            return (tested, false);
        }

        if (tooFew is { } few)
        {
            // A single one is passed on, where it is of the node's type. More are an error of the run, which is another matter than a call that is not made.
            return !_graph.Nodes[node].HandsCandidatesOn ? (End.IsEmpty, false) : few == 1 ? (End.HasOutput, false) : (End.Fails, true);
        }

        return (End.HasOutput, true);
    }

    private bool Next(int[] choice)
    {
        for (var router = 0; router < choice.Length; router++)
        {
            if (++choice[router] < _values[router].Count)
            {
                return true;
            }

            choice[router] = 0;
        }

        return false;
    }

    private enum End
    {
        IsEmpty,
        HasOutput,
        Fails,
    }
}
