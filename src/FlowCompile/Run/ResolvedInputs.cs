using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>What each node of a configuration reads, once nodes that do not run have been passed through. Worked out once; the configuration keeps it.</summary>
internal sealed class ResolvedInputs
{
    private readonly WorkflowGraph _graph;
    private readonly int[][][] _sources; // of each active node the sources of each of its inputs
    private readonly int[][] _controls; // of each active node what stands for its test, its target and its router

    private ResolvedInputs(WorkflowGraph graph, WorkflowStructure structure)
    {
        _graph = graph;
        var space = new StructureSpace(graph);
        _sources = [.. graph.Nodes.Select((node, i) => structure.IsActive(i)
            ? node.Inputs.Select(input => space.ResolveSources(structure, i, input).ToArray()).ToArray()
            : [])];
        _controls = [.. graph.Nodes.Select((node, i) => structure.IsActive(i)
            ? new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router }.OfType<string>().Select(name => space.ResolveOutput(structure, graph.IndexOf(name))).ToArray()
            : [])];
    }

    /// <summary>The inputs of a configuration.</summary>
    public static ResolvedInputs Get(WorkflowGraph graph, WorkflowConfiguration configuration) =>
        configuration.Inputs is { } last && last._graph == graph ? last : configuration.Inputs = new ResolvedInputs(graph, configuration.Structure);

    /// <summary>The nodes that an input of an active node reads; -1 stands for an input of the workflow.</summary>
    public int[] SourcesOf(int node, int input) => _sources[node][input];

    /// <summary>What stands for the outputs that an active node is controlled by.</summary>
    public int[] ControlsOf(int node) => _controls[node];
}
