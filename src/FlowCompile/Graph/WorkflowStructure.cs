using System.Globalization;

namespace FlowCompile.Graph;

/// <summary>
/// One structure of a workflow: how many times each node runs. A node that is left out, that nobody reads, or that passes its only candidate
/// through has 0; a selector that passes it through, and could be without output where the others run as often, has 1 and is never called.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class WorkflowStructure : IEquatable<WorkflowStructure>
{
    private readonly int[] _counts;
    private readonly PossibleCalls? _calls;
    private readonly bool[]? _handsOn; // which nodes count 1 to say that they hand their only candidate on
    private bool[]? _called; // worked out when first asked for; two threads may both do it

    internal WorkflowStructure(int[] counts, PossibleCalls? calls = null, bool[]? handsOn = null)
    {
        _counts = counts;
        _calls = calls;
        _handsOn = handsOn;
    }

    /// <summary>Creates the structure in which the nodes run as often as given.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    /// <param name="counts">
    /// For each node, by index, its calls. Those that an earlier version wrote, without the selectors that hand their only candidate on, are completed where
    /// one structure only fits them.
    /// </param>
    /// <exception cref="GraphException">The counts are not a valid structure of the graph.</exception>
    public static WorkflowStructure Create(WorkflowGraph graph, IReadOnlyList<int> counts)
    {
        if (counts.Count != graph.Nodes.Count)
        {
            throw new GraphException($"A structure of workflow '{graph.Name}' has {graph.Nodes.Count} counts, not {counts.Count}.");
        }

        var given = new WorkflowStructure(counts.ToArray());
        for (var i = 0; i < counts.Count; i++)
        {
            var node = graph.Nodes[i];
            if (counts[i] != 0 && (counts[i] < node.MinCount || counts[i] > node.MaxCount))
            {
                throw new GraphException($"'{node.Name}' runs {node.MinCount} to {node.MaxCount} times, not {counts[i]}.");
            }
        }

        var space = new StructureSpace(graph);
        if (space.Read(counts) is { } structure)
        {
            return structure;
        }

        // What they are as a choice says best what is wrong with them.
        var nearest = space.TryResolve(counts, out var reason);
        var why = nearest is null ? $": {reason}" : $"; '{nearest.ToText(graph)}' is";
        throw new GraphException($"'{given.ToText(graph)}' is not a structure of workflow '{graph.Name}'{why}.");
    }

    /// <summary>
    /// For each node, by index, its calls: 0 or 1, its replicas, or the most repair attempts; 1 also for a selector that must be told to hand its only
    /// candidate on.
    /// </summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Whether a node runs. A selector that only hands its only candidate on does not, whatever it counts.</summary>
    /// <param name="node">The node's index.</param>
    public bool IsActive(int node) => _counts[node] > 0 && !HandsOn(node);

    /// <summary>
    /// Whether a node runs and may be called. One that runs and is never called is a selector whose candidates are in branches that exclude one another:
    /// it passes on the one that is there. Of a sub-agent, its setting would mean nothing, and is no part of a configuration.
    /// </summary>
    /// <param name="node">The node's index.</param>
    public bool IsCalled(int node) => IsActive(node) && (_calls is null || (_called ??= _calls.In(this))[node]);

    /// <summary>Whether a node counts 1 for handing its only candidate on.</summary>
    /// <param name="node">The node's index.</param>
    internal bool HandsOn(int node) => _handsOn is not null && _handsOn[node];

    /// <summary>
    /// The structure as text: the sub-agents that may be called and their counts, <c>Programmer RefineSolver GenerateSolver*2 Select</c>. Where that is
    /// the text of another structure too, what else tells them apart is in parentheses: selectors that are never called, and tools that have a choice,
    /// <c>Draft (Select) Answer</c>.
    /// </summary>
    /// <param name="graph">The graph it belongs to.</param>
    public string ToText(WorkflowGraph graph) => Join(graph, Aside(graph));

    /// <summary>The text without what is in parentheses.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    internal string ToPlainText(WorkflowGraph graph) => Join(graph, []);

    /// <summary>What a text has in parentheses, by index: nothing where the rest of it is the text of no other structure.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    internal IReadOnlyList<int> Aside(WorkflowGraph graph)
    {
        var aside = Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0 && !IsCalledAgent(graph, i) && IsChosen(graph.Nodes[i])).ToArray();
        return aside.Length > 0 && new StructureSpace(graph).IsShared(ToPlainText(graph)) ? aside : [];
    }

    /// <summary>A node and its count as texts have them: <c>Select</c>, <c>GenerateSolver*2</c>.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    /// <param name="node">The node's index.</param>
    internal string TextOf(WorkflowGraph graph, int node) =>
        _counts[node] == 1 ? graph.Nodes[node].Name : graph.Nodes[node].Name + "*" + _counts[node].ToString(CultureInfo.InvariantCulture);

    private string Join(WorkflowGraph graph, IReadOnlyList<int> aside) => string.Join(" ", Enumerable.Range(0, _counts.Length)
        .Where(i => IsCalledAgent(graph, i) || aside.Contains(i))
        .Select(i => IsCalledAgent(graph, i) ? TextOf(graph, i) : "(" + TextOf(graph, i) + ")"));

    private bool IsCalledAgent(WorkflowGraph graph, int node) => graph.Nodes[node].Kind == NodeKind.SubAgent && IsCalled(node);

    private static bool IsChosen(GraphNode node) => node.MinCount != node.MaxCount || StructureResolver.CountsWhereItHandsOn(node);

    /// <inheritdoc/>
    public bool Equals(WorkflowStructure? other) => other is not null && _counts.SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WorkflowStructure);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var count in _counts)
        {
            hash = unchecked((hash * 31) + count);
        }

        return hash;
    }
}
