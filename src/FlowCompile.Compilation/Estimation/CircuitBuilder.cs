using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Builds the circuit of a structure, depth first from the output, so that what belongs together has neighbouring vertices.</summary>
internal sealed class CircuitBuilder
{
    private const int WorkflowInput = -1;
    private readonly WorkflowGraph _graph;
    private readonly WorkflowStructure _structure;
    private readonly StructureSpace _space;
    private readonly BranchProbabilities _branches;
    private readonly List<CircuitVertex> _vertices = [];
    private readonly Dictionary<int, int> _vertexOf = [];
    private readonly List<string> _routers = [];
    private readonly List<IReadOnlyList<(string Value, double Probability)>> _outcomes = [];

    private CircuitBuilder(WorkflowGraph graph, WorkflowStructure structure, BranchProbabilities branches)
    {
        _graph = graph;
        _structure = structure;
        _space = new StructureSpace(graph);
        _branches = branches;
    }

    /// <summary>Builds the circuit of a structure.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="branches">How often each branch is taken.</param>
    public static Circuit Build(WorkflowGraph graph, WorkflowStructure structure, BranchProbabilities branches)
    {
        var builder = new CircuitBuilder(graph, structure, branches);
        var output = builder.VertexOf(builder._space.ResolveOutput(structure, graph.Output));
        return new Circuit(builder._vertices, output, [.. builder._outcomes.Select(outcomes => outcomes.Select(pair => pair.Probability).ToArray())]);
    }

    private int VertexOf(int node)
    {
        if (!_vertexOf.TryGetValue(node, out var vertex))
        {
            var created = node == WorkflowInput ? new CircuitVertex { Kind = VertexKind.Gate, Inputs = [], Waits = [] } : Create(node);
            vertex = Add(created);

            // What a node of a branch hands on, a repairer's right value or a selector's only candidate, may come from outside the branch: it is right
            // only where the router is all the same.
            if (created.Router >= 0 && ((created.List >= 0 && created.HandsOn) || (created.Target >= 0 && _vertices[created.Target].Router != created.Router)))
            {
                vertex = Add(new CircuitVertex { Kind = VertexKind.Gate, Branches = created.Branches, Inputs = [vertex, created.Router], Waits = [vertex] });
            }

            _vertexOf.Add(node, vertex);
        }

        return vertex;
    }

    private int Add(CircuitVertex vertex)
    {
        _vertices.Add(vertex);
        return _vertices.Count - 1;
    }

    private CircuitVertex Create(int index)
    {
        var node = _graph.Nodes[index];
        var target = node.Repair is { } repair ? _space.ResolveOutput(_structure, _graph.IndexOf(repair.Target)) : WorkflowInput;
        var router = node.Condition is { } branch ? VertexOf(_space.ResolveOutput(_structure, _graph.IndexOf(branch.Router))) : -1;
        var inputs = new List<int>();
        var waits = new List<int>(router < 0 ? [] : [router]);
        var list = -1;
        foreach (var (owner, input) in InputsOf(index))
        {
            var sources = _space.ResolveSources(_structure, owner, input);
            if (input.Kind == InputKind.Candidates)
            {
                int[] candidates = [.. sources.Select(VertexOf).Distinct()];
                var any = Add(new CircuitVertex { Kind = VertexKind.Gate, IsAny = true, IsList = true, Inputs = candidates, Waits = candidates });
                list = owner == index && input.MinBranches > 1 ? any : list;
                waits.Add(any);
                inputs.AddRange(IsHelp(node, input) ? [any] : []);
            }
            else if (sources[0] != WorkflowInput)
            {
                var source = VertexOf(sources[0]);
                waits.Add(source);
                inputs.AddRange(IsHelp(node, input) && (node.Repair is null || sources[0] != target) ? [source] : []);
            }
        }

        // A repairer that no run gets to is not there, nor is what waits for it: its target, or another of its inputs, never is.
        var repairs = node.Repair is not null && _structure.IsCalled(index);
        if (node.Repair is { } loop)
        {
            waits.AddRange([VertexOf(target), VertexOf(_space.ResolveOutput(_structure, _graph.IndexOf(loop.Test)))]);
            inputs.AddRange(repairs ? [] : [VertexOf(target)]);
        }

        var condition = node.Condition is { } own ? Condition(own, router, inputs) : null;
        return new CircuitVertex
        {
            Kind = repairs ? VertexKind.Repair : node.Kind == NodeKind.SubAgent && _structure.IsCalled(index) ? VertexKind.Call : VertexKind.Gate,
            Node = index,
            Calls = Math.Max(1, _structure.Counts[index]),
            Branches = node.IsReplicated ? _structure.Counts[index] : 1,
            Inputs = [.. inputs.Distinct()],
            Waits = [.. waits.Distinct()],
            Target = repairs ? VertexOf(target) : -1,
            Router = router,
            Condition = condition,
            List = list,
            MinBranches = list < 0 ? 1 : node.Candidates!.MinBranches,
            HandsOn = list < 0 || node.HandsCandidatesOn,
        };
    }

    // Of a repairer those of its test as well: it has them too.
    private IEnumerable<(int Node, GraphInput Input)> InputsOf(int index)
    {
        var own = _graph.Nodes[index].Inputs.Select(input => (index, input));
        var all = _graph.Nodes[index].Repair is { } repair ? own.Concat(_graph.Nodes[_graph.IndexOf(repair.Test)].Inputs.Select(input => (_graph.IndexOf(repair.Test), input))) : own;
        return all.Where(one => one.input.Kind != InputKind.Workflow);
    }

    // A repairer starts from a value that its test rejects, so what the test says of that value is no input that could be right. What
    // else the test looks at is.
    private static bool IsHelp(GraphNode node, GraphInput input) => node.Repair is not { } repair || !input.Sources.Contains(repair.Test);

    // A node of a branch waits for its router, and is right only where the router is.
    private RouterCondition Condition(BranchCondition branch, int vertex, List<int> inputs)
    {
        inputs.Add(vertex);
        var router = _routers.IndexOf(branch.Router);
        if (router < 0)
        {
            router = _routers.Count;
            _routers.Add(branch.Router);
            _outcomes.Add(_branches.Of(_graph, branch.Router));
        }

        var named = _graph.Nodes.Where(node => node.Condition?.Router == branch.Router).SelectMany(node => node.Condition!.Values).ToHashSet();
        return new RouterCondition(
            router, [.. _outcomes[router].Select(outcome => branch.IsOtherwise ? !named.Contains(outcome.Value) : branch.Values.Contains(outcome.Value))]);
    }
}
