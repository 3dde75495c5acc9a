namespace FlowCompile.Graph;

/// <summary>
/// The structures of a graph. A structure chooses a count for every node that has a choice (optional, replicated, repairer); what follows
/// from the choice is derived: a node runs only where the output needs it, a node left out drops from candidate lists and passes its
/// input on to those that require it, and a selector with a single candidate below its minimum passes it through without a call. Where the
/// candidates are in branches that exclude one another, it stays in the structure and is never called (<see cref="WorkflowStructure.IsCalled"/>).
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class StructureSpace
{
    private const double MostLookedAt = 1 << 16;
    private readonly WorkflowGraph _graph;
    private PossibleCalls? _calls;
    private bool _branches = true; // until it is known that nothing does

    /// <summary>Creates the space of a graph.</summary>
    /// <param name="graph">The graph.</param>
    public StructureSpace(WorkflowGraph graph) => _graph = graph;

    /// <summary>The number of choices, valid or not: the product over the nodes.</summary>
    public double Size => _graph.Nodes.Aggregate(1.0, (product, node) => product * (node.MaxCount - node.MinCount + 1));

    /// <summary>The structure in which every node runs as often as it may.</summary>
    /// <exception cref="GraphException">Even this structure is not valid.</exception>
    public WorkflowStructure Largest => TryResolve(_graph.Nodes.Select(node => node.MaxCount).ToArray(), out var reason)
        ?? throw new GraphException($"Workflow '{_graph.Name}' has no structure in which every node runs: {reason}.");

    /// <summary>All valid structures, each once, fewest calls of the first nodes first.</summary>
    /// <remarks>Their number is exponential in the nodes with a choice; see <see cref="Size"/> before enumerating.</remarks>
    public IEnumerable<WorkflowStructure> Enumerate()
    {
        var seen = new HashSet<WorkflowStructure>();
        var choice = _graph.Nodes.Select(node => node.MinCount).ToArray();
        while (true)
        {
            if (TryResolve(choice, out _) is { } structure && seen.Add(structure))
            {
                yield return structure;
            }

            var i = choice.Length - 1;
            while (i >= 0 && choice[i] == _graph.Nodes[i].MaxCount)
            {
                choice[i] = _graph.Nodes[i].MinCount;
                i--;
            }

            if (i < 0)
            {
                yield break;
            }

            choice[i]++;
        }
    }

    /// <summary>Derives the structure that a choice of counts leads to.</summary>
    /// <param name="choice">For each node a count within its range; counts of nodes without a choice are ignored.</param>
    /// <param name="reason">Why there is none, where there is none.</param>
    /// <returns>The structure, or <see langword="null"/> where the choice leads to none.</returns>
    public WorkflowStructure? TryResolve(IReadOnlyList<int> choice, out string? reason)
    {
        var resolver = new Resolver(_graph, choice);
        var counts = resolver.Resolve();
        reason = resolver.Reason;
        return counts is null ? null : new WorkflowStructure(counts, Calls());
    }

    /// <summary>Whether there is a structure in which a node may be called; a sub-agent that never is has no setting, and nothing of it is measured.</summary>
    /// <param name="node">The node's index.</param>
    public bool MayBeCalled(int node) => Calls() is null || Size > MostLookedAt || Enumerate().Any(structure => structure.IsCalled(node));

    private PossibleCalls? Calls()
    {
        if (_branches && _calls is null)
        {
            _calls = PossibleCalls.Of(_graph);
            _branches = _calls is not null;
        }

        return _calls;
    }

    /// <summary>Where an input's value comes from under one structure, once nodes that do not run have been passed through.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="node">The node's index.</param>
    /// <param name="input">One of its inputs.</param>
    /// <returns>The indexes of the nodes that run; -1 stands for the workflow's input.</returns>
    public IReadOnlyList<int> ResolveSources(WorkflowStructure structure, int node, GraphInput input) =>
        new Resolver(_graph, structure.Counts).SourcesOf(input)
        ?? throw new GraphException($"'{input.Parameter}' of '{_graph.Nodes[node].Name}' has no source in the structure {structure.ToText(_graph)}.");

    /// <summary>Which node's output, or which input, stands for a node's output under one structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="node">The node's index.</param>
    /// <returns>The node itself where it runs, the node or input (-1) that it passes through where it does not.</returns>
    public int ResolveOutput(WorkflowStructure structure, int node) =>
        new Resolver(_graph, structure.Counts).OutputOf(node)
        ?? throw new GraphException($"'{_graph.Nodes[node].Name}' has no output in the structure {structure.ToText(_graph)}.");

    /// <summary>The derivation for one choice. Memo: for each node what stands for its output.</summary>
    private sealed class Resolver(WorkflowGraph graph, IReadOnlyList<int> choice)
    {
        private const int WorkflowInput = -1;
        private const int Unresolved = -2;
        private const int Nothing = -3;
        private readonly int[] _output = Enumerable.Repeat(Unresolved, graph.Nodes.Count).ToArray();

        public string? Reason { get; private set; }

        public int[]? Resolve()
        {
            if (OutputOf(graph.Output) is not { } output)
            {
                return null;
            }

            var counts = new int[graph.Nodes.Count];
            return Mark(output, counts) ? counts : null;
        }

        /// <summary>The node that stands for a node's output, -1 for an input of the workflow, null where there is none.</summary>
        public int? OutputOf(int index)
        {
            if (_output[index] == Unresolved)
            {
                _output[index] = FindOutput(index) ?? Nothing;
            }

            return _output[index] == Nothing ? null : _output[index];
        }

        /// <summary>The nodes an input reads; null where a required one has no output.</summary>
        public List<int>? SourcesOf(GraphInput input)
        {
            switch (input.Kind)
            {
                case InputKind.Workflow:
                    return [WorkflowInput];
                case InputKind.Upstream:
                    return OutputOf(graph.IndexOf(input.Sources[0])) is { } source ? [source] : null;
                default:
                    var sources = new List<int>();
                    foreach (var name in input.Sources)
                    {
                        // A node left out drops from the list; one that stands for another (a selector with one candidate, a loop
                        // without attempts) is that other, counted once.
                        var index = graph.IndexOf(name);
                        if (!IsLeftOut(index) && OutputOf(index) is { } candidate && !sources.Contains(candidate))
                        {
                            sources.Add(candidate);
                        }
                    }

                    return sources;
            }
        }

        private bool IsLeftOut(int index)
        {
            var node = graph.Nodes[index];
            return choice[index] == 0 && node.Repair is null && node.MinCount == 0;
        }

        private int? FindOutput(int index)
        {
            var node = graph.Nodes[index];
            var runs = node.MinCount == node.MaxCount || choice[index] > 0;
            if (node.Candidates is { } candidates)
            {
                var sources = SourcesOf(candidates)!;
                var branches = sources.Sum(CountOf);
                if (branches == 0)
                {
                    return Fail($"'{node.Name}' has no candidate");
                }

                if (!runs || branches < candidates.MinBranches)
                {
                    return branches == 1
                        ? sources[0]
                        : Fail($"'{node.Name}' has {branches} candidates and needs {candidates.MinBranches}");
                }
            }

            return runs ? index : PassThrough(node);
        }

        private int? PassThrough(GraphNode node)
        {
            var target = node.Repair is { } repair
                ? node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Upstream && input.Sources[0] == repair.Target)
                : node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Upstream && input.Type == node.ResultType)
                    ?? node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Workflow && input.Type == node.ResultType);
            return target is null
                ? Fail($"'{node.Name}' is left out and has no input of its own result type to pass on")
                : SourcesOf(target)?[0];
        }

        private int CountOf(int index) => index == WorkflowInput ? 1 : graph.Nodes[index].IsReplicated ? choice[index] : 1;

        /// <summary>Counts the calls of a node that the output needs, and of all that it needs.</summary>
        private bool Mark(int index, int[] counts)
        {
            if (index == WorkflowInput || counts[index] > 0)
            {
                return true;
            }

            var node = graph.Nodes[index];
            counts[index] = node.MinCount == node.MaxCount ? node.MaxCount : choice[index];
            foreach (var input in node.Inputs)
            {
                if (SourcesOf(input) is not { } sources)
                {
                    Fail($"'{node.Name}' requires '{input.Sources[0]}', which has no output");
                    return false;
                }

                if (!sources.All(source => Mark(source, counts)))
                {
                    return false;
                }
            }

            var control = new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router };
            return control.Where(name => name is not null)
                .All(name => OutputOf(graph.IndexOf(name!)) is { } source && Mark(source, counts));
        }

        private int? Fail(string reason)
        {
            Reason ??= reason;
            return null;
        }
    }
}
