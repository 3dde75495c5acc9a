using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Tests.Graph;

/// <summary>
/// A small random graph that a workflow's code could declare: optional and replicated nodes, selectors within selectors with every minimum, lists that
/// end early, repairs, branches with a default and without, routers and tools with lists. Every value is text, every node that nobody reads ends in the
/// output.
/// </summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly List<GraphNode> _nodes = [];

    // What a later node may require, what it may take as a candidate, and what nobody has read yet.
    private readonly List<string> _values = [];
    private readonly List<string> _candidates = [];
    private readonly List<string> _unread = [];

    private RandomGraph(int seed) => _random = new Random(seed);

    /// <summary>Makes the graph of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="mostChoices">The most choices of counts that it may have.</param>
    /// <param name="beyondCode">Whether its tools may have a choice too, which a graph can have and code cannot declare.</param>
    public static WorkflowGraph Create(int seed, double mostChoices = 3000, bool beyondCode = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            var random = new RandomGraph((seed * 1009) + attempt);
            var graph = new WorkflowGraph("random", random._nodes, random.Grow(beyondCode));
            if (graph.Nodes.Aggregate(1.0, (product, node) => product * (node.MaxCount - node.MinCount + 1)) <= mostChoices)
            {
                return graph;
            }
        }
    }

    private string Grow(bool beyondCode)
    {
        var nodes = _random.Next(3, 9);
        Add(new GraphNode("A0", NodeKind.SubAgent, "string", [Input]), isValue: true);
        while (_nodes.Count < nodes)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"N{_nodes.Count}");
            switch (_random.Next(10))
            {
                case 0 or 1:
                    Add(new GraphNode(name, Kind(), "string", _random.Next(2) == 0 ? [Input] : [Input, From(Value())]) { IsOptional = _random.Next(2) == 0 }, true, beyondCode);
                    break;
                case 2 or 3:
                    var (least, most) = (_random.Next(0, 3), _random.Next(1, 4));
                    Add(new GraphNode(name, NodeKind.SubAgent, "string", [Input]) { MinReplicas = Math.Min(least, most), MaxReplicas = most }, most == 1);
                    break;
                case 4 or 5 or 6:
                    AddSelector(name, beyondCode);
                    break;
                case 7:
                    AddRepair(name);
                    break;
                default:
                    AddBranches(name);
                    break;
            }
        }

        // The output gathers what nobody reads.
        var last = _unread.ToArray();
        GraphInput list = Any(last.Length == 0 ? [_candidates[^1]] : last, _random.Next(1, 4));
        _nodes.Add(new GraphNode("Out", Kind(), "string", _random.Next(3) == 0 ? [Input, From(Value()), list] : [Input, list]));
        return "Out";
    }

    private void AddSelector(string name, bool beyondCode)
    {
        string[] sources = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _candidates[_random.Next(_candidates.Count)]).Distinct()];
        GraphInput[] others = _random.Next(5) == 0 ? [From(Value())] : [];
        var kind = Kind();
        var most = kind == NodeKind.Tool ? 1 : _random.Next(4) == 0 ? 2 : 1;
        Add(
            new GraphNode(name, kind, "string", [Input, .. others, Any(sources, _random.Next(1, 5))])
            {
                IsOptional = most == 1 && _random.Next(2) == 0,
                MinReplicas = most == 1 ? 1 : _random.Next(0, 3),
                MaxReplicas = most,
            },
            isValue: most == 1,
            beyondCode);
    }

    private void AddRepair(string name)
    {
        var target = Value();
        Read(target);
        _nodes.Add(new GraphNode(name + "Test", NodeKind.Tool, "bool", [Input, From(target)]));
        GraphInput[] others = _random.Next(4) switch
        {
            0 => [From(Value())],
            1 => [Any([_candidates[_random.Next(_candidates.Count)]], _random.Next(1, 3))],
            _ => [],
        };
        if (others is [{ Kind: InputKind.Upstream } other] && other.Sources[0] == target)
        {
            others = [];
        }

        var least = _random.Next(0, 2);
        Add(
            new GraphNode(name, NodeKind.SubAgent, "string", [Input, From(target), .. others])
            {
                Repair = new RepairLoop(name + "Test", target, least, _random.Next(Math.Max(1, least), 3)),
            },
            isValue: true);
    }

    private void AddBranches(string name)
    {
        GraphInput[] read = _random.Next(4) switch
        {
            0 => [Input, From(Value())],
            1 => [Input, Any([_candidates[_random.Next(_candidates.Count)]], 1)],
            _ => [Input],
        };
        Read([.. read.SelectMany(input => input.Sources)]);
        _nodes.Add(new GraphNode(name + "Route", Kind(), "string", read));
        string[][] values = _random.Next(3) switch
        {
            0 => [["\"easy\""], []],
            1 => [["\"easy\""], ["\"hard\""]],
            _ => [["\"easy\"", "\"hard\""], ["\"hard\""], []],
        };
        for (var branch = 0; branch < values.Length; branch++)
        {
            var most = _random.Next(4) == 0 ? 2 : 1;
            Add(
                new GraphNode(string.Create(CultureInfo.InvariantCulture, $"{name}On{branch}"), NodeKind.SubAgent, "string", _random.Next(2) == 0 ? [Input] : [Input, From(Value())])
                {
                    Condition = new BranchCondition(name + "Route", values[branch]),
                    IsOptional = most == 1 && _random.Next(4) == 0,
                    MaxReplicas = most,
                },
                isValue: false);
        }
    }

    private NodeKind Kind() => _random.Next(4) == 0 ? NodeKind.Tool : NodeKind.SubAgent;

    private static GraphInput Input { get; } = GraphInput.FromWorkflow("x", "string");

    private static GraphInput From(string source) => GraphInput.FromUpstream(source.ToLowerInvariant(), "string", source);

    private GraphInput Any(string[] sources, int minimum)
    {
        var most = sources.Sum(source => _nodes.First(node => node.Name == source).MaxReplicas);
        minimum = Math.Min(minimum, most);
        return GraphInput.FromCandidates("list", "string", sources, minimum, most >= 2 && _random.Next(6) == 0 ? Math.Max(2, minimum) : 0);
    }

    private string Value()
    {
        var name = _values[_random.Next(_values.Count)];
        Read(name);
        return name;
    }

    private void Read(params string[] names) => _unread.RemoveAll(names.Contains);

    private void Add(GraphNode node, bool isValue, bool beyondCode = false)
    {
        // Code declares no tool that is optional; a graph may have one.
        if (node is { Kind: NodeKind.Tool, IsOptional: true } && !beyondCode)
        {
            node = new GraphNode(node.Name, node.Kind, node.ResultType, node.Inputs);
        }

        Read([.. node.Inputs.SelectMany(input => input.Sources)]);
        _nodes.Add(node);
        if (isValue)
        {
            _values.Add(node.Name);
        }

        _candidates.Add(node.Name);
        _unread.Add(node.Name);
    }
}
