using System.Globalization;

namespace FlowCompile.Graph;

/// <summary>
/// One structure of a workflow: how many times each node runs. A node that is left out, that nobody reads, or that passes its only
/// candidate through has 0.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class WorkflowStructure : IEquatable<WorkflowStructure>
{
    private readonly int[] _counts;
    private readonly PossibleCalls? _calls;
    private bool[]? _called; // worked out when first asked for; two threads may both do it

    internal WorkflowStructure(int[] counts, PossibleCalls? calls = null)
    {
        _counts = counts;
        _calls = calls;
    }

    /// <summary>Creates the structure in which the nodes run as often as given.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    /// <param name="counts">For each node, by index, its calls.</param>
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

        var resolved = new StructureSpace(graph).TryResolve(counts, out var reason)
            ?? throw new GraphException($"'{given.ToText(graph)}' is not a structure of workflow '{graph.Name}': {reason}.");
        return resolved.Equals(given)
            ? resolved
            : throw new GraphException($"'{given.ToText(graph)}' is not a structure of workflow '{graph.Name}'; '{resolved.ToText(graph)}' is.");
    }

    /// <summary>For each node, by index, its calls: 0 or 1, its replicas, or the most repair attempts.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Whether a node runs.</summary>
    /// <param name="node">The node's index.</param>
    public bool IsActive(int node) => _counts[node] > 0;

    /// <summary>
    /// Whether a node runs and may be called. One that runs and is never called is a selector whose candidates are in branches that exclude one another:
    /// it passes on the one that is there. Of a sub-agent, its setting would mean nothing, and is no part of a configuration.
    /// </summary>
    /// <param name="node">The node's index.</param>
    public bool IsCalled(int node) => _counts[node] > 0 && (_calls is null || (_called ??= _calls.In(this))[node]);

    /// <summary>The structure as text: the sub-agents that may be called and their counts, <c>Programmer RefineSolver GenerateSolver*2 Select</c>.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    public string ToText(WorkflowGraph graph) => string.Join(" ", Enumerable.Range(0, _counts.Length)
        .Where(i => IsCalled(i) && graph.Nodes[i].Kind == NodeKind.SubAgent)
        .Select(i => _counts[i] == 1 ? graph.Nodes[i].Name : graph.Nodes[i].Name + "*" + _counts[i].ToString(CultureInfo.InvariantCulture)));

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
