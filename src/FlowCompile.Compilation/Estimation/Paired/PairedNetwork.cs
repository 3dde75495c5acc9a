using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// What of a workflow runs under one structure, as a small Bayesian network: on one case a vertex is right with a probability that depends
/// on what is right before it.
/// </summary>
/// <param name="Vertices">The vertices, each after those it depends on; what belongs together has neighbouring places.</param>
/// <param name="Output">The vertex of the workflow's output.</param>
internal sealed record PairedNetwork(IReadOnlyList<NetworkVertex> Vertices, int Output)
{
    private readonly int[][] _waits = [.. Vertices.Select(vertex => vertex.Waits)];
    private readonly int[][] _levelsBefore = [.. Vertices.Select(vertex => vertex.HasCalls
        ? Enumerable.Range(0, Vertices.Count).Where(v => Vertices[v].HasCalls && Vertices[v].Level < vertex.Level).ToArray()
        : [])];

    /// <summary>Whether every vertex makes the same calls whatever happens.</summary>
    public bool IsStatic { get; } = Vertices.All(vertex => vertex.Kind != NetworkKind.Repair && vertex.Router < 0);

    /// <summary>For each vertex how many candidates it takes if all of them run, as they do where the network is static; 0 where it takes none.</summary>
    public int[] Candidates { get; } = CountCandidates(Vertices);

    /// <summary>For each vertex those it waits for: its upstreams, or under supersteps what makes calls in the levels before.</summary>
    /// <param name="schedule">The schedule.</param>
    public int[][] Before(Schedule schedule) => schedule == Schedule.Superstep ? _levelsBefore : _waits;

    /// <summary>Builds the network of a structure.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="branches">How often each branch is taken where that was not recorded.</param>
    public static PairedNetwork Build(WorkflowGraph graph, WorkflowStructure structure, BranchProbabilities branches) =>
        new Builder(graph, structure, branches).Build();

    private static int[] CountCandidates(IReadOnlyList<NetworkVertex> vertices)
    {
        var counts = new int[vertices.Count];
        for (var v = 0; v < counts.Length; v++)
        {
            var (before, added) = vertices[v].Sum;
            counts[v] = added >= 0 ? vertices[added].Outputs + (before < 0 ? 0 : counts[before]) : vertices[v].List >= 0 ? counts[vertices[v].List] : 0;
        }

        return counts;
    }

    private sealed class Builder(WorkflowGraph graph, WorkflowStructure structure, BranchProbabilities branches)
    {
        private const int WorkflowInput = -1;
        private readonly StructureSpace _space = new(graph);
        private readonly List<NetworkVertex> _vertices = [];
        private readonly Dictionary<int, int> _vertexOf = [];
        private readonly Dictionary<string, int> _standIns = [];

        public PairedNetwork Build()
        {
            var output = VertexOf(_space.ResolveOutput(structure, graph.Output));
            return new PairedNetwork(_vertices, output);
        }

        private int VertexOf(int node)
        {
            if (!_vertexOf.TryGetValue(node, out var vertex))
            {
                vertex = Add(node == WorkflowInput ? new NetworkVertex { Kind = NetworkKind.Input } : Create(node));
                _vertexOf.Add(node, vertex);
            }

            return vertex;
        }

        private int Add(NetworkVertex vertex)
        {
            var level = vertex.Waits.Select(wait => _vertices[wait].Level).DefaultIfEmpty(0).Max() + (vertex.Node >= 0 ? 1 : 0);
            _vertices.Add(vertex with { Level = level });
            return _vertices.Count - 1;
        }

        private NetworkVertex Create(int index)
        {
            var node = graph.Nodes[index];
            var router = node.Condition is { } condition ? RouterOf(condition.Router) : -1;
            var target = node.Repair is { } repair ? VertexOf(_space.ResolveOutput(structure, graph.IndexOf(repair.Target))) : -1;
            var required = new List<int>();
            var waits = new List<int>(router >= 0 ? [router] : []);
            var list = -1;
            foreach (var (owner, input) in InputsOf(index))
            {
                var sources = _space.ResolveSources(structure, owner, input);
                var isHelp = node.Repair is not { } own || !input.Sources.Contains(own.Test);
                if (input.Kind == InputKind.Candidates)
                {
                    list = sources.Aggregate(list, (before, source) => Count(before, VertexOf(source)));
                    waits.Add(list);
                }
                else if (sources[0] != WorkflowInput)
                {
                    var source = VertexOf(sources[0]);
                    waits.Add(source);
                    required.AddRange(isHelp && source != target ? [source] : []);
                }
            }

            if (node.Repair is { } loop)
            {
                waits.AddRange([target, VertexOf(_space.ResolveOutput(structure, graph.IndexOf(loop.Test)))]);
            }

            // A repairer that no run gets to is not there, nor is what waits for it: its target, or another of its inputs, never is.
            var repairs = node.Repair is not null && structure.IsCalled(index);
            if (target >= 0 && !repairs)
            {
                required.Add(target);
            }

            return new NetworkVertex
            {
                Kind = repairs ? NetworkKind.Repair : node.Kind == NodeKind.SubAgent && structure.IsCalled(index) ? NetworkKind.Call : NetworkKind.Tool,
                Node = index,
                Calls = Math.Max(1, structure.Counts[index]),
                Outputs = node.IsReplicated ? structure.Counts[index] : 1,
                Required = [.. required.Distinct()],
                List = list,
                Waits = [.. waits.Distinct()],
                MinBranches = node.Candidates?.MinBranches ?? 1,
                HandsOn = node.HandsCandidatesOn,
                Target = repairs ? target : -1,
                Router = router,
                RunsFor = router >= 0 ? RunsFor(node.Condition!, _vertices[router].Branches!) : [],
                Branches = IsRouter(node) ? branches.Of(graph, node.Name) : null,
            };
        }

        private bool IsRouter(GraphNode node) =>
            node is { Repair: null, IsReplicated: false } && graph.Nodes.Any(other => other.Condition?.Router == node.Name);

        // Of a router whose value another node stands for, or that repairs, no single call was recorded that returned it.
        private int RouterOf(string name)
        {
            var vertex = VertexOf(_space.ResolveOutput(structure, graph.IndexOf(name)));
            if (_vertices[vertex].Branches is not null && graph.Nodes[_vertices[vertex].Node].Name == name)
            {
                return vertex;
            }

            if (!_standIns.TryGetValue(name, out var standIn))
            {
                standIn = Add(new NetworkVertex { Kind = NetworkKind.Tool, Required = [vertex], Waits = [vertex], Branches = branches.Of(graph, name) });
                _standIns.Add(name, standIn);
            }

            return standIn;
        }

        private int Count(int before, int added) =>
            Add(new NetworkVertex { Kind = NetworkKind.Count, Sum = (before, added), Waits = before < 0 ? [added] : [before, added] });

        // Of a repairer those of its test as well. What its test says of the value to repair is no input that could be right; what else the test looks at is.
        private IEnumerable<(int Node, GraphInput Input)> InputsOf(int index)
        {
            var own = graph.Nodes[index].Inputs.Select(input => (index, input));
            var all = graph.Nodes[index].Repair is { } repair
                ? own.Concat(graph.Nodes[graph.IndexOf(repair.Test)].Inputs.Select(input => (graph.IndexOf(repair.Test), input)))
                : own;
            return all.Where(one => one.input.Kind != InputKind.Workflow);
        }

        private bool[] RunsFor(BranchCondition condition, IReadOnlyList<(string Value, double Probability)> values)
        {
            var named = graph.Nodes.Where(node => node.Condition?.Router == condition.Router).SelectMany(node => node.Condition!.Values).ToHashSet();
            return [.. values.Select(one => condition.IsOtherwise ? !named.Contains(one.Value) : condition.Values.Contains(one.Value))];
        }
    }
}
