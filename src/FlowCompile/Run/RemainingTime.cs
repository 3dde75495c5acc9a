using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// How long a configuration still takes, some of its calls being done or under way: the critical path over what is left, or its sum where
/// calls are made one after another. A call counts with what 95 of 100 stay within, where the plan knows that, otherwise with its mean; a tool
/// counts nothing, and a repair loop with all its attempts.
/// </summary>
internal sealed class RemainingTime
{
    /// <summary>What a node that was not begun has spent.</summary>
    public const double NotBegun = -1;

    /// <summary>What a node that is done has spent.</summary>
    public const double Done = double.PositiveInfinity;

    private readonly WorkflowGraph _graph;
    private readonly WorkflowPlan _plan;
    private readonly WorkflowConfiguration _configuration;
    private readonly bool _isSequential;
    private readonly double[] _own; // of each node the time of its calls
    private readonly double[][] _calls; // of each node the times of its calls; one where they have the same setting, none where it calls no model
    private readonly int[][] _waitsFor; // of each node those that it waits for
    private readonly bool _isKnown;

    private RemainingTime(WorkflowGraph graph, WorkflowPlan plan, WorkflowConfiguration configuration, bool isSequential)
    {
        _graph = graph;
        _plan = plan;
        _configuration = configuration;
        _isSequential = isSequential;
        var space = new StructureSpace(graph);
        var cells = graph.Nodes.Select((node, i) => CellsOf(node, i)).ToArray();
        _isKnown = cells.All(own => own.All(cell => cell is not null));
        _calls = [.. cells.Select(own => own.Select(cell => cell?.LatencyP95Seconds ?? cell?.LatencySeconds ?? 0).ToArray())];
        _own = [.. graph.Nodes.Select((node, i) => TimeOf(node, i))];
        _waitsFor = [.. graph.Nodes.Select((node, i) => configuration.Structure.IsActive(i) ? SourcesOf(node, i) : [])];

        double TimeOf(GraphNode node, int i)
        {
            var count = configuration.Structure.Counts[i];
            return count == 0 ? 0
                : node.Repair is { } repair ? OfFirst(i, count) + ((count - 1) * OfFirst(graph.IndexOf(repair.Test), 1))
                : isSequential ? OfFirst(i, count)
                : _calls[i].DefaultIfEmpty(0).Max();
        }

        PlanCell?[] CellsOf(GraphNode node, int i) => configuration.Settings[i] is not { } settings ? []
            : [.. Enumerable.Range(0, settings.Count).Select(call => plan.Cells.FirstOrDefault(cell => cell.Node == node.Name && cell.Setting == settings[call]))];

        int[] SourcesOf(GraphNode node, int i) =>
        [
            .. node.Inputs.SelectMany(input => space.ResolveSources(configuration.Structure, i, input))
                .Concat(new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router }
                    .OfType<string>().Select(name => space.ResolveOutput(configuration.Structure, graph.IndexOf(name))))
                .Where(source => source >= 0)
                .Distinct(),
        ];
    }

    /// <summary>The times of a configuration, which keeps the last ones.</summary>
    public static RemainingTime Get(WorkflowGraph graph, WorkflowPlan plan, WorkflowConfiguration configuration, bool isSequential) =>
        configuration.Times is { } last && last._plan == plan && last._isSequential == isSequential && last._graph == graph
            ? last
            : configuration.Times = new RemainingTime(graph, plan, configuration, isSequential);

    /// <summary>The time of a node's calls.</summary>
    public double Of(int node) => _own[node];

    /// <summary>The time of a node's first calls, one after another.</summary>
    public double OfFirst(int node, int count) => _calls[node] switch
    {
        [] => 0,
        [var all] => count * all,
        var each => each.Take(count).Sum(),
    };

    /// <summary>How long the configuration takes from now on, in seconds.</summary>
    /// <param name="spent">What each node has spent so far: <see cref="NotBegun"/>, the seconds since it began, or <see cref="Done"/>.</param>
    /// <param name="elapsed">The seconds since the run began, where the configuration is the one it is under, otherwise 0.</param>
    public double From(ReadOnlySpan<double> spent, double elapsed)
    {
        if (!_isKnown)
        {
            var whole = _configuration.Estimate!.LatencyP95Seconds ?? _configuration.Estimate.LatencySeconds;
            return Math.Max(0, whole - elapsed);
        }

        var ends = new double[_own.Length];
        var (sum, last) = (0.0, 0.0);
        for (var place = 0; place < ends.Length; place++)
        {
            var node = _graph.Order[place];
            if (!_configuration.Structure.IsActive(node))
            {
                continue;
            }

            var left = spent[node] < 0 ? _own[node] : Math.Max(0, _own[node] - spent[node]);
            var begins = 0.0;
            if (spent[node] < 0)
            {
                foreach (var source in _waitsFor[node])
                {
                    begins = Math.Max(begins, ends[source]);
                }
            }

            ends[node] = left + begins;
            last = Math.Max(last, ends[node]);
            sum += left;
        }

        return _isSequential ? sum : last;
    }

    /// <summary>The sub-agents whose calls come next or are under way: nothing that they wait for is left to do.</summary>
    public IEnumerable<int> NextCalls(double[] spent)
    {
        var next = _graph.Order.Where(node => _configuration.Settings[node] is not null && spent[node] < Done
            && (spent[node] >= 0 || _waitsFor[node].All(source => IsDone(source, spent))));
        return _isSequential ? next.Take(1) : next;
    }

    // A tool takes no time: it is done when what it waits for is.
    private bool IsDone(int node, double[] spent) =>
        spent[node] == Done || (_configuration.Settings[node] is null && _waitsFor[node].All(source => IsDone(source, spent)));
}
