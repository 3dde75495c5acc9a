namespace FlowCompile.Graph;

/// <summary>
/// The structures of a graph. A structure chooses a count for every node that has a choice (optional, replicated, repairer); what follows
/// from the choice is derived:
/// <list type="bullet">
/// <item>A node runs only where the output needs it.</item>
/// <item>A node left out drops from candidate lists and passes its input on to those that require it.</item>
/// <item>A selector with fewer candidates than its minimum passes a single one on without a call, to lists and to those that require it;
/// with none, or with more than one, it has no output: it drops from lists too, and nothing can require it.</item>
/// <item>A repairer without attempts, or with a list that has fewer candidates than its minimum, stands for its target.</item>
/// <item>Of several candidates that stand for one node, a list has one.</item>
/// </list>
/// Two choices under which the same nodes run as often and receive the same are one structure. Its counts alone say what runs: a selector that
/// passes its only candidate on, and could be without output under the same counts of the others, counts 1 and is never called
/// (<see cref="WorkflowStructure.IsCalled"/>). Where the candidates are in branches that exclude one another, a selector stays in the structure
/// and is never called either: which branch is taken is known in the run only.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class StructureSpace
{
    private const double MostLookedAt = 1 << 16;
    private const int MostHandingOn = 10;
    private readonly WorkflowGraph _graph;
    private readonly int[] _handingOn; // the selectors that count 1 where they hand their only candidate on
    private PossibleCalls? _calls;
    private bool _branches = true; // until it is known that nothing does

    /// <summary>Creates the space of a graph.</summary>
    /// <param name="graph">The graph.</param>
    public StructureSpace(WorkflowGraph graph)
    {
        _graph = graph;
        _handingOn = Enumerable.Range(0, graph.Nodes.Count).Where(node => StructureResolver.CountsWhereItHandsOn(graph.Nodes[node])).ToArray();
    }

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
        var resolver = StructureResolver.OfChoice(_graph, choice);
        var counts = resolver.Run();
        reason = resolver.Reason;
        if (counts is null)
        {
            return null;
        }

        var structure = Find(counts, resolver, choice);
        reason = structure is null ? "no counts say what would run" : reason;
        return structure;
    }

    /// <summary>Reads the counts of a structure.</summary>
    /// <param name="counts">For each node its count.</param>
    /// <returns>
    /// The structure whose counts they are. Earlier versions gave a selector that hands its only candidate on no count: of such counts the one structure
    /// that they can mean. <see langword="null"/> where there is none, or more than one.
    /// </returns>
    internal WorkflowStructure? Read(IReadOnlyList<int> counts)
    {
        var resolver = StructureResolver.OfCounts(_graph, counts);
        if (resolver.Run() is { } runs && Find(runs, resolver, counts) is { } structure && structure.Counts.SequenceEqual(counts))
        {
            return structure;
        }

        var older = new HashSet<WorkflowStructure>();
        foreach (var handing in Variants(counts, _handingOn.Where(node => counts[node] == 0).Take(MostHandingOn).ToList()))
        {
            resolver = StructureResolver.OfCounts(_graph, handing);
            if (resolver.Run() is { } found && found.SequenceEqual(counts) && Find(found, resolver, handing) is { } meant)
            {
                older.Add(meant);
            }
        }

        return older.Count == 1 ? older.Single() : null;
    }

    /// <summary>The structure of a text (<see cref="WorkflowStructure.ToText"/>), whatever the order of its parts.</summary>
    /// <param name="called">For each node the count that the text gives it.</param>
    /// <param name="aside">Likewise, where it is in parentheses.</param>
    /// <returns>The structure, or <see langword="null"/> where the text is that of none, or there are too many to look at.</returns>
    internal WorkflowStructure? Find(IReadOnlyList<int> called, IReadOnlyList<int> aside)
    {
        // What the text does not name does not run, as far as there is a choice.
        var choice = _graph.Nodes.Select((node, i) => called[i] + aside[i] > 0 ? called[i] + aside[i] : node.Kind == NodeKind.Tool ? node.MaxCount : node.MinCount).ToArray();
        return TryResolve(choice, out _) is { } structure && IsText(structure) ? structure
            : Size <= MostLookedAt ? Enumerate().FirstOrDefault(IsText)
            : null;

        bool IsText(WorkflowStructure one)
        {
            var named = one.Aside(_graph);
            return Enumerable.Range(0, called.Count).All(i =>
                called[i] == (_graph.Nodes[i].Kind == NodeKind.SubAgent && one.IsCalled(i) ? one.Counts[i] : 0)
                && (aside[i] == 0 ? !named.Contains(i) : aside[i] == one.Counts[i]));
        }
    }

    /// <summary>Whether several structures have a text but for what is in parentheses, or there are too many to tell.</summary>
    internal bool IsShared(string plainText) => Size > MostLookedAt
        || (_graph.SharedTexts ??= new HashSet<string>(Enumerate().GroupBy(one => one.ToPlainText(_graph)).Where(group => group.Count() > 1).Select(group => group.Key))).Contains(plainText);

    /// <summary>
    /// The structure in which something runs: the first of those counts that say it, where selectors that hand a candidate on count 1 only if they must.
    /// </summary>
    private WorkflowStructure? Find(int[] runs, StructureResolver resolver, IReadOnlyList<int> choice)
    {
        if (_handingOn.Length == 0)
        {
            return new WorkflowStructure(runs, Calls());
        }

        var wanted = resolver.Describe(runs);
        var open = _handingOn.Where(node => runs[node] == 0).ToList();
        var some = open.Count <= MostHandingOn ? open : open.Where(node => choice[node] > 0).Take(MostHandingOn).ToList();
        foreach (var counts in Variants(runs, some))
        {
            var found = StructureResolver.OfCounts(_graph, counts);
            if (found.Run() is { } running && running.SequenceEqual(runs) && found.Describe(running).SequenceEqual(wanted))
            {
                return new WorkflowStructure(counts, Calls(), counts.SequenceEqual(runs) ? null : counts.Select((count, node) => count > 0 && runs[node] == 0).ToArray());
            }
        }

        return null;
    }

    /// <summary>Counts in which some nodes count 1 besides: none of them first, all of them last.</summary>
    private static IEnumerable<int[]> Variants(IReadOnlyList<int> counts, List<int> nodes)
    {
        for (var some = 0; some < 1 << nodes.Count; some++)
        {
            var variant = counts.ToArray();
            for (var i = 0; i < nodes.Count; i++)
            {
                variant[nodes[i]] += (some >> i) & 1;
            }

            yield return variant;
        }
    }

    /// <summary>Whether there is a structure in which a node may be called; a sub-agent that never is has no setting, and nothing of it is measured.</summary>
    /// <param name="node">The node's index.</param>
    public bool MayBeCalled(int node) =>
        (Calls() is null && _graph.Nodes[node].Candidates is not { MinBranches: > 1 }) || Size > MostLookedAt || Enumerate().Any(structure => structure.IsCalled(node));

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
        (structure.IsActive(node) ? StructureResolver.OfCounts(_graph, structure.Counts) : StructureResolver.OfChoice(_graph, structure.Counts)).SourcesOf(input)
        ?? throw new GraphException($"'{input.Parameter}' of '{_graph.Nodes[node].Name}' has no source in the structure {structure.ToText(_graph)}.");

    /// <summary>Which node's output, or which input, stands for a node's output under one structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="node">The node's index.</param>
    /// <returns>
    /// The node itself where it runs, the node or input (-1) that it passes through where it does not. Of a node that nobody reads, what it would be if
    /// somebody did.
    /// </returns>
    public int ResolveOutput(WorkflowStructure structure, int node) =>
        StructureResolver.OfCounts(_graph, structure.Counts).OutputOf(node)
        ?? StructureResolver.OfChoice(_graph, structure.Counts).OutputOf(node)
        ?? throw new GraphException($"'{_graph.Nodes[node].Name}' has no output in the structure {structure.ToText(_graph)}.");
}
