using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// Which nodes of a run under one configuration mean the same under another: same setting, same upstreams, and those mean the same too.
/// What such a node has done or is doing need not be done again.
/// </summary>
internal sealed class ConfigurationFit
{
    private readonly bool[] _same;

    /// <summary>Compares two configurations.</summary>
    /// <param name="graph">The graph of both.</param>
    /// <param name="from">The configuration of the run.</param>
    /// <param name="to">The other.</param>
    /// <param name="isSound">Whether a node of the run, by index, has not failed.</param>
    public ConfigurationFit(WorkflowGraph graph, WorkflowConfiguration from, WorkflowConfiguration to, Func<int, bool> isSound)
    {
        _same = new bool[graph.Nodes.Count];
        var space = new StructureSpace(graph);
        foreach (var node in graph.Order)
        {
            var declared = graph.Nodes[node];
            _same[node] = from.Structure.IsActive(node)
                && to.Structure.IsActive(node)
                && from.Settings[node] == to.Settings[node]
                && (declared.Repair is null || from.Structure.Counts[node] == to.Structure.Counts[node])
                && isSound(node)
                && declared.Inputs.All(input => HasSameSources(node, input))
                && new[] { declared.Repair?.Test, declared.Repair?.Target, declared.Condition?.Router }.All(HasSameOutput);
        }

        bool HasSameSources(int node, GraphInput input)
        {
            var old = space.ResolveSources(from.Structure, node, input);
            var now = space.ResolveSources(to.Structure, node, input);
            return old.SequenceEqual(now) && now.All(source => IsSameSource(source, input.Kind == InputKind.Candidates));
        }

        bool IsSameSource(int source, bool isList) =>
            source < 0 || (_same[source] && (!isList || from.Structure.Counts[source] == to.Structure.Counts[source]));

        bool HasSameOutput(string? name) => name is null
            || (space.ResolveOutput(from.Structure, graph.IndexOf(name)) is var old
                && old == space.ResolveOutput(to.Structure, graph.IndexOf(name))
                && IsSameSource(old, isList: false));
    }

    /// <summary>Whether a node means the same under both.</summary>
    public bool IsSame(int node) => _same[node];
}
