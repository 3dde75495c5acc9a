using System.Globalization;
using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>A small random graph of every node kind, with a random profile and random branch probabilities.</summary>
internal sealed class RandomWorkflow
{
    private readonly Random _random;
    private readonly List<GraphNode> _nodes = [];

    // What a later node may require, what it may take as a candidate, and what nobody has read yet.
    private readonly List<string> _values = [];
    private readonly List<string> _candidates = [];
    private readonly List<string> _unread = [];
    private int _agents;

    private RandomWorkflow(int seed) => _random = new Random(seed);

    public static (ProfileTable Profile, BranchProbabilities Branches) Create(int seed, int maxAgents = 5)
    {
        var random = new RandomWorkflow(seed);
        random.Grow(maxAgents);
        var output = random.Close();
        var graph = new WorkflowGraph("random", random._nodes, output);
        return (random.Profile(graph), random.Branches(graph));
    }

    /// <summary>The same workflow with its nodes declared in another order.</summary>
    public static ProfileTable Shuffle(ProfileTable profile, int seed)
    {
        GraphNode[] nodes = [.. profile.Graph.Nodes];
        new Random(seed).Shuffle(nodes);
        var graph = new WorkflowGraph(profile.Graph.Name, nodes, profile.Graph.Nodes[profile.Graph.Output].Name);
        return new ProfileTable(graph, profile.Graph.Nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent)
            .ToDictionary(pair => pair.node.Name, pair => (IReadOnlyList<SettingProfile>)[.. profile.Of(pair.i).Reverse()]));
    }

    /// <summary>The same workflow with one setting of one sub-agent more accurate and faster.</summary>
    public static ProfileTable Improve(ProfileTable profile, int seed)
    {
        var random = new Random(seed);
        var agents = profile.Graph.Nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent).ToList();
        var chosen = random.Next(agents.Count);
        return new ProfileTable(profile.Graph, agents.Select((pair, place) => (pair.node.Name, Rows: profile.Of(pair.i).ToList(), place)).ToDictionary(
            one => one.Name,
            one =>
            {
                var row = random.Next(one.Rows.Count);
                one.Rows[row] = one.place != chosen ? one.Rows[row] : one.Rows[row] with
                {
                    Accuracy = (1 + one.Rows[row].Accuracy) / 2,
                    LatencySeconds = one.Rows[row].LatencySeconds / 2,
                };
                return (IReadOnlyList<SettingProfile>)one.Rows;
            }));
    }

    private void Grow(int maxAgents)
    {
        Add(Agent("A0"), isValue: true);
        _agents = 1;
        while (_agents < maxAgents && _random.Next(5) > 0)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"N{_nodes.Count}");
            switch (_random.Next(9))
            {
                case 0:
                    Add(_random.Next(2) == 0 ? Agent(name) : Optional(name), isValue: true);
                    _agents++;
                    break;
                case 1:
                case 2:
                    Add(_random.Next(3) == 0 ? Optional(name, Problem, From(Value())) : Agent(name, Inputs()), isValue: true);
                    _agents++;
                    break;
                case 3:
                    Add(Agent(name, Problem, Any()), isValue: true);
                    _agents++;
                    break;
                case 4:
                    Add(Tool(name, _random.Next(2) == 0 ? Inputs() : [Any()]), isValue: true);
                    break;
                case 5:
                    var max = _random.Next(2, 4);
                    Add(Replicas(name, _random.Next(0, 2), max), isValue: false);
                    _agents++;
                    break;
                case 6:
                    AddRepair(name);
                    break;
                default:
                    AddBranches(name, maxAgents);
                    break;
            }
        }
    }

    private void AddRepair(string name)
    {
        var target = Value();
        Add(Test(name + "Test", target), isValue: false, isCandidate: false);
        var others = _random.Next(3) == 0 ? [From(Value())] : Array.Empty<GraphInput>();
        Add(Repairer(name, name + "Test", target, _random.Next(0, 2), _random.Next(1, 3), others), isValue: true);
        _agents++;
    }

    private void AddBranches(string name, int maxAgents)
    {
        if (_agents + 3 > maxAgents)
        {
            return;
        }

        Add(_random.Next(3) == 0 ? Tool(name, From(Value())) : Agent(name), isValue: false, isCandidate: false);
        var first = _random.Next(2) == 0 ? When(name + "Easy", name, "easy") : When(name + "Easy", name, "easy", From(Value()));
        var second = _random.Next(2) == 0 ? Otherwise(name + "Hard", name) : When(name + "Hard", name, "hard", From(Value()));
        Add(first, isValue: false);
        _agents += _nodes[^2].Kind == NodeKind.SubAgent ? 3 : 2;
        Add(second, isValue: false);
        if (_random.Next(3) == 0)
        {
            Add(Otherwise(name + "Harder", name, From(name + "Hard")) is var next && second.Condition!.IsOtherwise
                ? next
                : When(name + "Harder", name, "hard", From(name + "Hard")), isValue: false);
            _agents++;
        }

        // Somebody has to bring the branches together, or there would be no value in some of them.
        string[] others = _random.Next(3) == 0 ? [Value()] : [];
        var min = _random.Next(3) == 0 ? _random.Next(2, 4) : 1;
        string[] branches = [name + "Easy", _nodes[^1].Name];
        Add(_random.Next(2) == 0 ? Tool(name + "Join", FromAny(min, [.. branches, .. others])) : Agent(name + "Join", FromAny(min, [.. branches, .. others])), isValue: true);
        _agents += _nodes[^1].Kind == NodeKind.SubAgent ? 1 : 0;
    }

    private string Close()
    {
        var last = _unread.Where(name => !_nodes.First(node => node.Name == name).Name.EndsWith("Test", StringComparison.Ordinal)).ToList();
        if (last.Count == 1 && _values.Contains(last[0]))
        {
            return last[0];
        }

        var required = last.Where(name => _values.Contains(name) && _random.Next(2) == 0).ToList();
        var any = last.Except(required).ToList();
        GraphInput[] inputs = [.. required.Select(From), .. any.Count == 0 ? Array.Empty<GraphInput>() : [FromAny(_random.Next(1, 3), [.. any])]];
        _nodes.Add(_random.Next(3) > 0 ? Tool("Out", inputs) : Agent("Out", inputs));
        return "Out";
    }

    private GraphInput[] Inputs()
    {
        var first = Value();
        var second = Value();
        return first == second || _random.Next(2) == 0 ? [Problem, From(first)] : [From(first), From(second)];
    }

    private GraphInput Any()
    {
        var names = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _candidates[_random.Next(_candidates.Count)]).Distinct().ToArray();
        Read(names);
        return FromAny(_random.Next(1, 3), names);
    }

    private string Value()
    {
        var name = _values[_random.Next(_values.Count)];
        Read(name);
        return name;
    }

    private void Read(params string[] names) => _unread.RemoveAll(names.Contains);

    private void Add(GraphNode node, bool isValue, bool isCandidate = true)
    {
        Read([.. node.Inputs.SelectMany(input => input.Sources)]);
        _nodes.Add(node);
        if (isValue)
        {
            _values.Add(node.Name);
        }

        if (isCandidate)
        {
            _candidates.Add(node.Name);
            _unread.Add(node.Name);
        }
    }

    private ProfileTable Profile(WorkflowGraph graph) => new(graph, graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent).ToDictionary(
        node => node.Name,
        node => (IReadOnlyList<SettingProfile>)[.. Enumerable.Range(0, _random.Next(1, 4)).Select(budget => new SettingProfile(
            new Setting("m", budget), _random.Next(0, 21) / 20.0, _random.Next(0, 9) / 4.0, _random.Next(0, 5), 1)).Select(WithEnergy)]));

    // Something that neither goes with the other numbers nor takes a random one.
    private static SettingProfile WithEnergy(SettingProfile row) =>
        row with { EnergyJoules = ((row.Accuracy * 60) + (row.LatencySeconds * 28) + (row.Setting.Budget * 3)) % 5 };

    private BranchProbabilities Branches(WorkflowGraph graph) => new(graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct()
        .Where(_ => _random.Next(2) == 0)
        .ToDictionary(router => router, _ => (IReadOnlyDictionary<string, double>)new Dictionary<string, double>
        {
            ["\"easy\""] = 0.25,
            ["\"hard\""] = 0.5,
            [BranchProbabilities.Other] = 0.25,
        }));
}
