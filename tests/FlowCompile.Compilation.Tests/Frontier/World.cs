using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>
/// One course of events: which calls succeed and which way the routers go. What comes out is found by walking the graph as a run would,
/// with none of the compiler's algebra.
/// </summary>
internal sealed class World
{
    private readonly WorkflowGraph _graph;
    private readonly StructureSpace _space;
    private readonly WorkflowStructure _structure;
    private readonly IReadOnlyDictionary<string, string> _routes;
    private readonly bool[][] _succeeds;
    private readonly Dictionary<int, (RunEnd End, List<int> Waited)> _looks = [];

    /// <summary>Creates a world.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="routes">What each router returns.</param>
    /// <param name="succeeds">For each node which of its calls succeed.</param>
    public World(WorkflowGraph graph, WorkflowStructure structure, IReadOnlyDictionary<string, string> routes, bool[][] succeeds)
    {
        _graph = graph;
        _space = new StructureSpace(graph);
        _structure = structure;
        _routes = routes;
        _succeeds = succeeds;
    }

    public int Output => _space.ResolveOutput(_structure, _graph.Output);

    public bool IsPresent(int node) => node < 0 || Look(node).End == RunEnd.Output;

    /// <summary>How many calls a node makes.</summary>
    public int Calls(int node)
    {
        if (!IsPresent(node) || _graph.Nodes[node].Kind == NodeKind.Tool)
        {
            return 0;
        }

        var one = _graph.Nodes[node];
        if (one.Repair is { } repair)
        {
            var first = Array.IndexOf(_succeeds[node], true);
            return IsRight(Resolve(repair.Target)) ? 0 : !HelpIsRight(node) || first < 0 ? _succeeds[node].Length : first + 1;
        }

        return IsPassedThrough(node) ? 0 : _structure.Counts[node];
    }

    public bool IsRight(int node)
    {
        if (node < 0)
        {
            return true;
        }

        if (!IsPresent(node))
        {
            return false;
        }

        var one = _graph.Nodes[node];
        var works = one.Kind == NodeKind.Tool || IsPassedThrough(node) || _succeeds[node].Contains(true);
        return one.Repair is { } repair
            ? IsRight(Resolve(repair.Target)) || (HelpIsRight(node) && works)
            : works && HelpIsRight(node);
    }

    /// <summary>The nodes that a node waits for before it starts, or before it ends without output.</summary>
    public IEnumerable<int> WaitsFor(int node) => Look(node).Waited;

    private (RunEnd End, List<int> Waited) Look(int node)
    {
        if (!_looks.TryGetValue(node, out var look))
        {
            look = RunOrder.Of(_graph, _structure, node, Takes, source => Look(source).End);
            _looks.Add(node, look);
        }

        return look;
    }

    // All that a node takes but, of a repairer, the wrong value and the test's verdict on it; the test's other inputs count as its own.
    private bool HelpIsRight(int node)
    {
        var one = _graph.Nodes[node];
        var target = one.Repair is { } repair ? Resolve(repair.Target) : -2;
        return (one.Condition is not { } condition || IsRight(Resolve(condition.Router)))
            && Inputs(node).All(input => Sources(node, input).Any(source => source == target || IsRight(source)));
    }

    private IEnumerable<GraphInput> Inputs(int node)
    {
        var one = _graph.Nodes[node];
        return one.Repair is not { } repair ? one.Inputs
            : one.Inputs.Where(input => !input.Sources.Contains(repair.Test)).Concat(_graph.Nodes[_graph.IndexOf(repair.Test)].Inputs);
    }

    private bool IsPassedThrough(int node) => _graph.Nodes[node].Candidates is { } candidates && Branches(node) < candidates.MinBranches;

    private int Branches(int node) => Sources(node, _graph.Nodes[node].Candidates!).Where(IsPresent)
        .Sum(source => source >= 0 && _graph.Nodes[source].IsReplicated ? _structure.Counts[source] : 1);

    private bool Takes(BranchCondition condition) => condition.IsOtherwise
        ? !_graph.Nodes.Any(node => node.Condition?.Router == condition.Router && node.Condition.Values.Contains(_routes[condition.Router]))
        : condition.Values.Contains(_routes[condition.Router]);

    private IReadOnlyList<int> Sources(int node, GraphInput input) => _space.ResolveSources(_structure, node, input);

    private int Resolve(string node) => _space.ResolveOutput(_structure, _graph.IndexOf(node));
}
