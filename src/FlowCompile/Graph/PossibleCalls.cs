namespace FlowCompile.Graph;

/// <summary>
/// Which nodes of a structure may be called, over all values that routers return: a selector whose candidates are in branches that exclude one another
/// never has more than one of them, and passes it on without a call.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
internal sealed class PossibleCalls
{
    private const int WorkflowInput = -1;
    private const int MostScenarios = 4096;
    private readonly WorkflowGraph _graph;
    private readonly List<string> _routers;
    private readonly List<List<string?>> _values; // of each router those that branches name, and null for any other

    private PossibleCalls(WorkflowGraph graph)
    {
        _graph = graph;
        _routers = graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct().ToList();
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
            var present = new bool[_graph.Nodes.Count];
            foreach (var node in active)
            {
                bool isCalled;
                (present[node], isCalled) = IsTaken(node, choice) ? Look(structure, node, sources[node], present) : default;
                called[node] |= isCalled;
            }
        }
        while (Next(choice));

        return called;
    }

    private bool IsTaken(int node, int[] choice)
    {
        if (_graph.Nodes[node].Condition is not { } condition)
        {
            return true;
        }

        var router = _routers.IndexOf(condition.Router);
        var value = _values[router][choice[router]];
        return condition.IsOtherwise ? value is null : value is not null && condition.Values.Contains(value);
    }

    /// <summary>Whether a node has an output, and whether it is called for it.</summary>
    private (bool IsPresent, bool IsCalled) Look(WorkflowStructure structure, int node, List<IReadOnlyList<int>> sources, bool[] present)
    {
        var inputs = _graph.Nodes[node].Inputs;
        for (var i = 0; i < inputs.Count; i++)
        {
            var there = sources[i].Where(source => source == WorkflowInput || present[source]).ToList();
            if (there.Count == 0 && (sources[i].Count > 0 || inputs[i].Kind == InputKind.Candidates))
            {
                return default;
            }

            var branches = there.Sum(source => source != WorkflowInput && _graph.Nodes[source].IsReplicated ? structure.Counts[source] : 1);
            if (inputs[i].Kind == InputKind.Candidates && branches < inputs[i].MinBranches)
            {
                // A single one is passed on, where it is of the node's type. More are an error of the run, which is another matter than a call that is not made.
                return _graph.Nodes[node].HandsCandidatesOn ? (branches == 1, branches > 1) : default;
            }
        }

        return (true, true);
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
}
