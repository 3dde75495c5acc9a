using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>Random recorded calls for a graph: some cases and kinds of inputs have several, some have none.</summary>
internal sealed class RandomRecords
{
    private readonly Random _random;

    public RandomRecords(WorkflowGraph graph, int seed, int cases, int settings, int? slots = null)
    {
        _random = new Random(seed);
        Graph = graph;
        Cases = cases;
        for (var node = 0; node < graph.Nodes.Count; node++)
        {
            for (var budget = 0; budget < settings && graph.Nodes[node].Kind == NodeKind.SubAgent; budget++)
            {
                Calls.Add((node, new Setting("m", budget)), CallsOf(node));
            }
        }

        foreach (var router in graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct().Select(graph.IndexOf).Where(router => graph.Nodes[router].Kind == NodeKind.Tool))
        {
            Routes.Add(router, RoutesOf(router));
        }

        Recorded = new RecordedOutcomes(graph, cases, Calls.Select(pair => (pair.Key.Node, pair.Key.Setting, 1.0, (IReadOnlyCollection<RecordedCall>)pair.Value)), EnergyOf)
        {
            Slots = slots is { } calls ? new CallSlots(new Dictionary<string, ModelCapacity> { ["m"] = new("cpu", calls) }) : CallSlots.Unlimited,
            Routes = Routes,
        };
        Profile = new ProfileTable(graph, Calls.GroupBy(pair => graph.Nodes[pair.Key.Node].Name).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<SettingProfile>)[.. group.Select(pair => new SettingProfile(
                pair.Key.Setting, pair.Value.Average(call => call.Score), pair.Value.Average(call => call.Latency), 1, pair.Value.Count)
            {
                EnergyJoules = EnergyOf(pair.Key.Node, pair.Key.Setting),
            })]))
        {
            Recorded = Recorded,
        };
    }

    public WorkflowGraph Graph { get; }

    public int Cases { get; }

    public Dictionary<(int Node, Setting Setting), List<RecordedCall>> Calls { get; } = [];

    /// <summary>What the tools that route returned.</summary>
    public Dictionary<int, IReadOnlyList<RecordedRoute>> Routes { get; } = [];

    public RecordedOutcomes Recorded { get; }

    public ProfileTable Profile { get; }

    private static double? EnergyOf(int node, Setting setting) => ((node * 7) + (setting.Budget * 5)) % 8;

    private List<RecordedCall> CallsOf(int node)
    {
        var calls = new List<RecordedCall>();
        while (calls.Count == 0)
        {
            for (var c = 0; c < Cases; c++)
            {
                var difficulty = _random.NextDouble();
                foreach (var state in StatesOf(node).Where(_ => _random.Next(5) > 0))
                {
                    for (var times = _random.Next(1, 4); times > 0; times--)
                    {
                        var score = _random.Next(6) == 0 ? _random.Next(5) / 4.0 : _random.NextDouble() > difficulty ? 1 : 0;
                        calls.Add(new RecordedCall(c, state, score, _random.Next(1, 9) / 4.0, RandomOutput(), Cost: 1 + (c % 3), Energy: (node * 2) + (c % 5)));
                    }
                }
            }
        }

        return calls;
    }

    // Cases with one kind of inputs, with both, twice, or with none.
    private List<RecordedRoute> RoutesOf(int router)
    {
        var routes = new List<RecordedRoute>();
        while (routes.All(route => route.IsComposed))
        {
            routes.AddRange(from one in Enumerable.Range(0, Cases)
                            from state in StatesOf(router)
                            where _random.Next(5) > 1
                            from time in Enumerable.Range(0, _random.Next(1, 3))
                            select new RecordedRoute(one, state, RandomOutput(), _random.Next(3) == 0));
        }

        return routes;
    }

    private IEnumerable<InputState> StatesOf(int node)
    {
        if (Graph.Nodes[node].Candidates is null)
        {
            return [InputState.Right, InputState.Wrong];
        }

        return from candidates in Enumerable.Range(1, 3)
               from right in Enumerable.Range(0, candidates + 1)
               from all in right > 0 ? new[] { true, false } : [false]
               select new InputState(all, right, candidates);
    }

    private string RandomOutput() => _random.Next(3) switch { 0 => "\"easy\"", 1 => "\"hard\"", _ => "\"neither\"" };
}
