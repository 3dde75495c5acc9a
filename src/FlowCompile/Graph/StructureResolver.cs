namespace FlowCompile.Graph;

/// <summary>
/// What follows from counts: what stands for each node's output, what each input reads, and what the output needs. Counts are either a choice, under
/// which a node without a choice of its own is always there, or those of a structure, under which what has no count is not there.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
internal sealed class StructureResolver
{
    private const int WorkflowInput = -1;
    private const int Unresolved = -2;
    private const int Nothing = -3;
    private readonly WorkflowGraph _graph;
    private readonly IReadOnlyList<int> _counts;
    private readonly bool _isChoice;
    private readonly int[] _output; // of each node what stands for its output, once it was asked for

    private StructureResolver(WorkflowGraph graph, IReadOnlyList<int> counts, bool isChoice)
    {
        _graph = graph;
        _counts = counts;
        _isChoice = isChoice;
        _output = Enumerable.Repeat(Unresolved, graph.Nodes.Count).ToArray();
    }

    /// <summary>What follows from a choice.</summary>
    public static StructureResolver OfChoice(WorkflowGraph graph, IReadOnlyList<int> choice) => new(graph, choice, isChoice: true);

    /// <summary>What follows from the counts of a structure.</summary>
    public static StructureResolver OfCounts(WorkflowGraph graph, IReadOnlyList<int> counts) => new(graph, counts, isChoice: false);

    /// <summary>Why there is no output, where there is none: the first reason found.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether a structure may leave a node out, so that it drops from candidate lists.</summary>
    public static bool CanBeLeftOut(GraphNode node) => node.Repair is null && node.MinCount == 0;

    /// <summary>
    /// Whether a selector that makes no call either hands its only candidate on or not, which the counts of the others do not tell: it may be left
    /// out, or it may have two candidates and need three. Then it counts 1 where it hands on.
    /// </summary>
    public static bool CountsWhereItHandsOn(GraphNode node) =>
        node.Repair is null && node.Candidates is { MinBranches: > 1 and var minimum } && (node.MinCount == 0 || minimum > 2);

    /// <summary>For each node how often it runs; <see langword="null"/> where the output, or what it needs, has none.</summary>
    public int[]? Run()
    {
        var counts = new int[_graph.Nodes.Count];
        return OutputOf(_graph.Output) is { } output && Mark(output, counts) ? counts : null;
    }

    /// <summary>All that runs and what it receives, as numbers: equal where two choices run the same.</summary>
    /// <param name="counts">How often each node runs.</param>
    public List<int> Describe(int[] counts)
    {
        var text = new List<int> { OutputOf(_graph.Output)!.Value };
        for (var node = 0; node < counts.Length; node++)
        {
            text.Add(counts[node]);
            if (counts[node] > 0)
            {
                foreach (var input in _graph.Nodes[node].Inputs)
                {
                    var sources = SourcesOf(input)!;
                    text.Add(sources.Count);
                    text.AddRange(sources.OrderBy(source => source));
                }

                text.AddRange(Controls(node).Select(name => OutputOf(_graph.IndexOf(name))!.Value));
            }
        }

        return text;
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
                return OutputOf(_graph.IndexOf(input.Sources[0])) is { } source ? [source] : null;
            default:
                var sources = new List<int>();
                foreach (var name in input.Sources)
                {
                    // A node left out drops from the list; one that stands for another (a selector with one candidate, a loop
                    // without attempts) is that other, counted once.
                    var index = _graph.IndexOf(name);
                    if (!IsLeftOut(index) && OutputOf(index) is { } candidate && !sources.Contains(candidate))
                    {
                        sources.Add(candidate);
                    }
                }

                return sources;
        }
    }

    private bool IsLeftOut(int index) => _counts[index] == 0 && CanBeLeftOut(_graph.Nodes[index]);

    // Of a choice, the counts of nodes without one are ignored.
    private int CountOf(int index) => _isChoice && _graph.Nodes[index].MinCount == _graph.Nodes[index].MaxCount ? _graph.Nodes[index].MaxCount : _counts[index];

    private int? FindOutput(int index)
    {
        var node = _graph.Nodes[index];
        var isKept = CountOf(index) > 0;
        if (node.Repair is { } repair)
        {
            return isKept && (node.Candidates is not { } list || CandidatesOf(list, out _) >= list.MinBranches) ? index : OutputOf(_graph.IndexOf(repair.Target));
        }

        return node.Candidates is { } candidates ? SelectorOutput(index, candidates, isKept)
            : isKept ? index
            : CanBeLeftOut(node) ? PassThrough(node)
            : Fail($"'{node.Name}' does not run");
    }

    private int? SelectorOutput(int index, GraphInput candidates, bool isKept)
    {
        var node = _graph.Nodes[index];
        var count = CandidatesOf(candidates, out var sources);
        if (count == 0)
        {
            return Fail($"'{node.Name}' has no candidate");
        }

        if (isKept && count >= candidates.MinBranches)
        {
            return index;
        }

        // What is handed on is an output of the selector's own type, or none.
        if (!node.HandsCandidatesOn)
        {
            return isKept || !CanBeLeftOut(node)
                ? Fail($"'{node.Name}' has {count} candidates and needs {candidates.MinBranches}")
                : PassThrough(node);
        }

        return count > 1 ? Fail($"'{node.Name}' has {count} candidates and needs {candidates.MinBranches}")
            : isKept || CanBeLeftOut(node) || candidates.MinBranches == 2 ? sources[0]
            : Fail($"'{node.Name}' does not run");
    }

    private int? PassThrough(GraphNode node)
    {
        var target = node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Upstream && input.Type == node.ResultType)
            ?? node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Workflow && input.Type == node.ResultType);
        return target is null
            ? Fail($"'{node.Name}' is left out and has no input of its own result type to pass on")
            : SourcesOf(target)?[0];
    }

    private int CandidatesOf(GraphInput list, out List<int> sources)
    {
        sources = SourcesOf(list)!;
        return sources.Sum(source => source != WorkflowInput && _graph.Nodes[source].IsReplicated ? CountOf(source) : 1);
    }

    /// <summary>Counts the calls of a node that the output needs, and of all that it needs.</summary>
    private bool Mark(int index, int[] counts)
    {
        if (index == WorkflowInput || counts[index] > 0)
        {
            return true;
        }

        counts[index] = CountOf(index);
        foreach (var input in _graph.Nodes[index].Inputs)
        {
            if (SourcesOf(input) is not { } sources)
            {
                return Lacks(index, input.Sources[0]);
            }

            if (!sources.All(source => Mark(source, counts)))
            {
                return false;
            }
        }

        foreach (var name in Controls(index))
        {
            if (OutputOf(_graph.IndexOf(name)) is not { } source)
            {
                return Lacks(index, name);
            }

            if (!Mark(source, counts))
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<string> Controls(int index)
    {
        var node = _graph.Nodes[index];
        return new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router }.OfType<string>();
    }

    private bool Lacks(int index, string required)
    {
        Fail($"'{_graph.Nodes[index].Name}' requires '{required}', which has no output");
        return false;
    }

    private int? Fail(string reason)
    {
        Reason ??= reason;
        return null;
    }
}
