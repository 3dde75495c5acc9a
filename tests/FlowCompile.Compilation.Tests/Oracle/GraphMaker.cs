using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Makes random graphs of every kind of node that a workflow may declare.</summary>
internal sealed class GraphMaker(int seed, bool hasNumbers)
{
    private static readonly string[] s_values = ["\"x\"", "\"y\"", "\"z\""];

    private readonly Random _random = new(seed);
    private readonly double _branching = seed / 1000 % 3 == 0 ? 0.8 : 0.4; // how likely a plain node is in a branch, where there is a router
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<string> _read = [];

    /// <summary>Makes a graph.</summary>
    /// <param name="seed">What it is made from.</param>
    /// <param name="hasNumbers">Whether some nodes take a list of texts and return a number.</param>
    public static WorkflowGraph Make(int seed, bool hasNumbers = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (new GraphMaker((seed * 1000) + attempt, hasNumbers).TryMake() is { } graph)
            {
                return graph;
            }
        }
    }

    public static GraphTraits TraitsOf(WorkflowGraph graph)
    {
        var traits = GraphTraits.None;
        GraphNode Named(string name) => graph.Nodes[graph.IndexOf(name)];
        foreach (var node in graph.Nodes)
        {
            void Is(GraphTraits trait, bool there) => traits |= there ? trait : GraphTraits.None;
            var list = node.Candidates;
            var reads = node.Inputs.SelectMany(input => input.Sources).Distinct().ToList();
            Is(GraphTraits.Optional, node.IsOptional);
            Is(GraphTraits.ReplicasFromNone, node.MinReplicas == 0);
            Is(GraphTraits.ReplicasFromOne, node.MinReplicas == 1 && node.MaxReplicas > 1);
            Is(GraphTraits.Selector, list is not null && node.Kind == NodeKind.SubAgent);
            Is(GraphTraits.Minimum, list is { MinBranches: > 1 } && node.Kind == NodeKind.SubAgent);
            Is(GraphTraits.NestedSelector, list is not null && list.Sources.Any(source => Named(source).Candidates is not null));
            Is(GraphTraits.Agreement, list is { Agree: > 0 });
            Is(GraphTraits.Repair, node.Repair is not null);
            Is(GraphTraits.SeveralValues, node.Condition is { Values.Count: > 1 });
            Is(GraphTraits.OptionalBranch, node.Condition is not null && node.IsOptional);
            Is(GraphTraits.ToolWithList, list is not null && node.Kind == NodeKind.Tool);
            Is(GraphTraits.ToolMinimum, list is { MinBranches: > 1 } && node.Kind == NodeKind.Tool);
            Is(GraphTraits.SharedUpstream, graph.Nodes.Count(other => other.Inputs.Any(input => input.Sources.Contains(node.Name))) > 1);
            Is(GraphTraits.RepairOfBranch, node.Repair is { } repair && Named(repair.Target).Condition is not null);
            Is(GraphTraits.RepairOfSelector, node.Repair is { } loop && Named(loop.Target).Candidates is not null);
            Is(GraphTraits.RepairWithHelp, node.Repair is { } own
                && node.Inputs.Concat(Named(own.Test).Inputs).SelectMany(input => input.Sources).Except([own.Target, own.Test]).Any());
            Is(GraphTraits.RepairWithList, node.Repair is not null && list is not null);
            Is(GraphTraits.OtherType, list is { MinBranches: > 1 } && list.Type != node.ResultType);
            Is(GraphTraits.SameSettings, node.HasSameSettings);
            Is(GraphTraits.SelectorReplicas, list is not null && node.MaxReplicas > 1);
            Is(GraphTraits.OptionalOutput, node.IsOptional && node == graph.Nodes[graph.Output]);
            Is(GraphTraits.ListAndUpstream, list is not null && reads.Count > list.Sources.Count);
            if (node.Condition is { } condition)
            {
                var router = Named(condition.Router);
                Is(GraphTraits.AgentRouter, router.Kind == NodeKind.SubAgent);
                Is(GraphTraits.ToolRouter, router.Kind == NodeKind.Tool);
                Is(GraphTraits.ConditionalRouter, router.Condition is not null);
                Is(GraphTraits.OptionalRouter, router.IsOptional);
                Is(GraphTraits.NoDefault, !graph.Nodes.Any(other => other.Condition is { IsOtherwise: true } && other.Condition.Router == condition.Router));
            }
        }

        return traits;
    }

    /// <summary>The graph as text, for a report.</summary>
    public static string Describe(WorkflowGraph graph) => string.Join("\n", graph.Nodes.Select((node, index) =>
        $"  {(index == graph.Output ? "-> " : "")}{node.Name} {(node.Kind == NodeKind.Tool ? "tool " : "")}"
        + string.Join(", ", node.Inputs.Select(input => input.Kind switch
        {
            InputKind.Workflow => "input",
            InputKind.Upstream => input.Sources[0],
            _ => $"any{input.MinBranches}[{string.Join(" ", input.Sources)}]",
        }))
        + (node.ResultType == "number" ? " to number" : "")
        + (node.IsOptional ? " optional" : "")
        + (node.HasSameSettings ? " same" : "")
        + (node.MaxReplicas > 1 || node.MinReplicas < 1 ? $" replicas {node.MinReplicas}..{node.MaxReplicas}" : "")
        + (node.Repair is { } repair ? $" repairs {repair.Target} until {repair.Test}, {repair.MinAttempts}..{repair.MaxAttempts}" : "")
        + (node.Condition is { } condition ? $" when {condition.Router} {(condition.IsOtherwise ? "otherwise" : string.Join(" ", condition.Values))}" : "")));

    private WorkflowGraph? TryMake()
    {
        var count = _random.Next(2, 8);
        while (_nodes.Count < count - 1)
        {
            AddNode(isLast: false);
        }

        AddNode(isLast: true);
        try
        {
            return new WorkflowGraph("random", _nodes, _nodes[^1].Name);
        }
        catch (GraphException)
        {
            return null;
        }
    }

    private void AddNode(bool isLast)
    {
        var name = ((char)('A' + _nodes.Count)).ToString();
        var unread = _nodes.Where(node => !_read.Contains(node.Name)).ToList();

        // The last node reads what nobody has read yet.
        if (isLast && (unread.Count > 1 || unread.Any(node => node.IsReplicated) || Chance(0.3)))
        {
            var candidates = unread.Concat(_nodes.Where(node => _read.Contains(node.Name) && Chance(0.2))).Where(IsText).ToList();
            if (candidates.Count > 0)
            {
                AddSelector(name, candidates, isLast);
                return;
            }
        }

        var kind = _random.Next(100);
        if (_nodes.Any(IsText) && kind < 30)
        {
            AddSelector(name, [.. _nodes.Where(IsText).OrderBy(_ => _random.Next()).Take(_random.Next(1, 5)).OrderBy(_nodes.IndexOf)], isLast);
        }
        else if (_nodes.Any(IsSingle) && kind < 50)
        {
            AddRepair(name);
        }
        else
        {
            AddPlain(name, isLast && unread.Count == 1 ? unread[0] : null, isTool: kind > 88, isLast);
        }
    }

    private void AddPlain(string name, GraphNode? upstream, bool isTool, bool isLast)
    {
        var condition = Chance(_branching) ? Condition() : null;
        var inputs = new List<GraphInput>();
        var sources = _nodes.Where(node => IsSingle(node) && Fits(node, condition)).ToList();
        if (upstream is not null && sources.Contains(upstream))
        {
            inputs.Add(GraphInput.FromUpstream("a", "string", upstream.Name));
        }
        else if (sources.Count > 0 && Chance(0.5))
        {
            inputs.Add(GraphInput.FromUpstream("a", "string", sources[_random.Next(sources.Count)].Name));
        }

        if (sources.Count > 1 && Chance(0.15))
        {
            inputs.Add(GraphInput.FromUpstream("b", "string", sources[_random.Next(sources.Count)].Name));
        }

        var numbers = _nodes.Where(node => node.ResultType == "number" && Fits(node, condition)).ToList();
        if (numbers.Count > 0 && Chance(0.7))
        {
            inputs.Insert(_random.Next(inputs.Count + 1), GraphInput.FromUpstream("number", "number", numbers[_random.Next(numbers.Count)].Name));
        }

        if (inputs.Count == 0 || Chance(0.2))
        {
            inputs.Add(GraphInput.FromWorkflow("task", "string"));
        }

        var replicas = !isTool && !isLast && Chance(0.2) ? Replicas() : (1, 1);
        Add(new GraphNode(name, isTool ? NodeKind.Tool : NodeKind.SubAgent, "string", inputs)
        {
            IsOptional = !isTool && replicas == (1, 1) && Chance(0.3),
            MinReplicas = replicas.Item1,
            MaxReplicas = replicas.Item2,
            Condition = condition,
            HasSameSettings = replicas.Item2 > 1 && Chance(0.2),
        });
    }

    private void AddSelector(string name, List<GraphNode> candidates, bool isLast)
    {
        var condition = Chance(isLast ? 0.03 : 0.15) ? Condition() : null;
        var most = candidates.Sum(node => node.MaxReplicas);
        var isTool = Chance(0.2);
        var min = Math.Min(most, Chance(0.4) ? 1 : _random.Next(2, 5));
        var agree = most > 1 && Chance(0.1) ? Math.Max(2, min) : 0;
        var inputs = new List<GraphInput> { GraphInput.FromCandidates("list", "string", [.. candidates.Select(node => node.Name)], min, agree) };
        var sources = _nodes.Where(node => IsSingle(node) && Fits(node, condition)).ToList();
        if (sources.Count > 0 && Chance(0.1))
        {
            inputs.Insert(_random.Next(2), GraphInput.FromUpstream("a", "string", sources[_random.Next(sources.Count)].Name));
        }

        if (Chance(0.3))
        {
            inputs.Add(GraphInput.FromWorkflow("task", "string"));
        }

        var type = hasNumbers && Chance(0.2) ? "number" : "string";
        var replicas = !isTool && !isLast && type == "string" && Chance(0.15) ? Replicas() : (1, 1);
        Add(new GraphNode(name, isTool ? NodeKind.Tool : NodeKind.SubAgent, type, inputs)
        {
            IsOptional = !isTool && replicas == (1, 1) && Chance(0.25),
            MinReplicas = replicas.Item1,
            MaxReplicas = replicas.Item2,
            Condition = condition,
            HasSameSettings = replicas.Item2 > 1 && Chance(0.2),
        });
    }

    private void AddRepair(string name)
    {
        var targets = _nodes.Where(IsSingle).ToList();
        var target = targets[_random.Next(targets.Count)];
        var test = name;
        var repairer = ((char)(name[0] + 1)).ToString();

        // Who repairs a branch's value is in a branch that is taken at most then.
        var condition = target.Condition is { } own && own.Values.Count > 1 && Chance(0.3) ? new BranchCondition(own.Router, [own.Values[0]]) : target.Condition;
        var attempts = _random.Next(1, 4);
        var tested = new List<GraphInput> { GraphInput.FromUpstream("value", "string", target.Name) };
        var testCondition = Chance(0.5) ? target.Condition : condition;
        AddHelp(tested, testCondition, 0.15, from: 1);
        Add(new GraphNode(test, NodeKind.Tool, "bool", tested) { Condition = testCondition });
        var inputs = new List<GraphInput> { GraphInput.FromUpstream("value", "string", target.Name) };
        if (Chance(0.4))
        {
            inputs.Add(GraphInput.FromUpstream("report", "bool", test));
        }

        AddHelp(inputs, condition, 0.15, from: 0);
        if (Chance(0.1))
        {
            var candidates = _nodes.Where(IsText).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).OrderBy(_nodes.IndexOf).ToList();
            var min = Math.Min(candidates.Sum(node => node.MaxReplicas), _random.Next(1, 4));
            inputs.Insert(_random.Next(inputs.Count + 1), GraphInput.FromCandidates("list", "string", [.. candidates.Select(node => node.Name)], min));
        }

        Add(new GraphNode(repairer, NodeKind.SubAgent, "string", inputs)
        {
            Repair = new RepairLoop(test, target.Name, Chance(0.7) ? 0 : _random.Next(0, attempts + 1), attempts),
            Condition = condition,
            HasSameSettings = Chance(0.2),
        });
        _read.Add(test);
    }

    /// <summary>Sometimes one more value to read, somewhere from a place on.</summary>
    private void AddHelp(List<GraphInput> inputs, BranchCondition? condition, double probability, int from)
    {
        var sources = _nodes.Where(node => IsSingle(node) && Fits(node, condition)).ToList();
        if (Chance(probability) && sources.Count > 0)
        {
            inputs.Insert(_random.Next(from, inputs.Count + 1), GraphInput.FromUpstream("help", "string", sources[_random.Next(sources.Count)].Name));
        }
    }

    private void Add(GraphNode node)
    {
        _nodes.Add(node);
        foreach (var source in node.Inputs.SelectMany(input => input.Sources))
        {
            _read.Add(source);
        }

        if (node.Condition is { } condition)
        {
            _read.Add(condition.Router);
        }
    }

    private (int Min, int Max) Replicas() => _random.Next(4) switch
    {
        0 => (0, 2),
        1 => (1, 2),
        2 => (1, 3),
        _ => (0, 3),
    };

    private BranchCondition? Condition()
    {
        var routers = _nodes.Where(node => IsSingle(node) && !node.IsOptional && node.Repair is null && (node.Candidates is not { } list || (node.Kind == NodeKind.SubAgent && list.MinBranches == 1))).ToList();
        if (routers.Count == 0)
        {
            return null;
        }

        // Branches are mostly of a router that has some.
        var known = routers.Where(node => _nodes.Any(other => other.Condition?.Router == node.Name)).ToList();
        var router = known.Count > 0 && Chance(0.8) ? known[_random.Next(known.Count)] : routers[_random.Next(routers.Count)];
        return new BranchCondition(router.Name, _random.Next(10) switch
        {
            < 4 => [s_values[0]],
            < 6 => [s_values[1]],
            < 7 => [s_values[0], s_values[2]],
            _ => [],
        });
    }

    /// <summary>Whether a node of a branch may require another: it must be there whenever the node runs.</summary>
    private static bool Fits(GraphNode node, BranchCondition? condition) => node.Condition is not { } own
        || (condition is not null && condition.Router == own.Router && condition.IsOtherwise == own.IsOtherwise && condition.Values.All(own.Values.Contains));

    private static bool IsSingle(GraphNode node) => IsText(node) && !node.IsReplicated;

    private static bool IsText(GraphNode node) => node.ResultType == "string";

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
