using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>Finds the sub-agents whose outputs reach a node through tools only.</summary>
internal sealed class NearestSubAgents
{
    private readonly WorkflowGraph _graph;
    private readonly WorkflowStructure _structure;
    private readonly IReadOnlyList<int>[] _nearest;

    /// <summary>Looks at a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">Its largest structure.</param>
    public NearestSubAgents(WorkflowGraph graph, WorkflowStructure structure)
    {
        _graph = graph;
        _structure = structure;
        var space = new StructureSpace(graph);
        _nearest = new IReadOnlyList<int>[graph.Nodes.Count];
        foreach (var node in graph.Order)
        {
            var sources = graph.Nodes[node].Inputs.Where(_ => structure.IsActive(node)).SelectMany(input => space.ResolveSources(structure, node, input));
            if (graph.Nodes[node].Repair is { } repair && structure.IsActive(node))
            {
                sources = sources.Append(graph.IndexOf(repair.Test));
            }

            _nearest[node] = [.. sources.Where(source => source >= 0).SelectMany(Reached).Distinct().Order()];
        }
    }

    /// <summary>The sub-agents whose outputs a node receives, itself or through tools.</summary>
    /// <param name="node">The node's index.</param>
    /// <returns>Their indexes, ascending.</returns>
    public IReadOnlyList<int> Of(int node) => _nearest[node];

    /// <summary>The sub-agents that an output of a node stems from: a sub-agent itself, or what a tool, or one that is never called, received.</summary>
    /// <param name="node">The node's index.</param>
    public IReadOnlyList<int> Reached(int node) => _graph.Nodes[node].Kind == NodeKind.SubAgent && _structure.IsCalled(node) ? [node] : _nearest[node];
}
