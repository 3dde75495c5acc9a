using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>The latencies of the runs of a workflow without branches and repairs, each run played by itself on the recorded calls.</summary>
internal sealed class LatencyOracle(RandomRecords records, WorkflowStructure structure, IReadOnlyList<Setting?> settings, Schedule schedule, int slots)
{
    private readonly WorkflowGraph _graph = records.Graph;
    private readonly StructureSpace _space = new(records.Graph);
    private readonly HashSet<int> _needed = [];

    /// <summary>For each draw and case the latency in seconds, shortest first.</summary>
    public List<double> Runs()
    {
        Need(_space.ResolveOutput(structure, _graph.Output));
        return [.. Enumerable.Range(0, LatencyDraws.Count).SelectMany(draw => Enumerable.Range(0, records.Cases).Select(one => Run(one, draw))).Order()];
    }

    private void Need(int node)
    {
        if (node >= 0 && _needed.Add(node))
        {
            foreach (var upstream in Upstreams(node))
            {
                Need(upstream);
            }
        }
    }

    private double Run(int one, int draw)
    {
        int[] agents = [.. _needed.Where(node => _graph.Nodes[node].Kind == NodeKind.SubAgent)];
        var calls = agents.Order().SelectMany(node => Enumerable.Range(0, structure.Counts[node]).Select(call => new SlotCall(node, 0, [Seconds(node, one, draw, call)], -1))).ToList();
        if (schedule == Schedule.Sequential)
        {
            return calls.Sum(call => call.Seconds[0]);
        }

        int[][] before = [.. Enumerable.Range(0, _graph.Nodes.Count).Select(node => !_needed.Contains(node) ? []
            : schedule == Schedule.Parallel ? [.. Upstreams(node).Where(upstream => upstream >= 0)]
            : agents.Where(other => LevelOf(other) < LevelOf(node)).ToArray())];
        return new EventPlay([slots], before, calls, run: 0).End();
    }

    private double Seconds(int node, int one, int draw, int call)
    {
        var all = records.Calls[(node, settings[node]!.Value)];
        var own = all.Where(recorded => recorded.Case == one).ToList();

        // A selector's calls are those on as many candidates, where there are any.
        var candidates = _graph.Nodes[node].Inputs.Where(input => input.Kind == InputKind.Candidates)
            .SelectMany(input => _space.ResolveSources(structure, node, input)).Sum(source => source < 0 ? 1 : Math.Max(1, structure.Counts[source]));
        var alike = own.Where(recorded => recorded.State.Candidates == candidates).ToList();
        own = candidates > 0 && alike.Count > 0 ? alike : own;
        return own.Count == 0 ? all.Average(recorded => recorded.Latency) : own[(one + (draw * structure.Counts[node]) + call) % own.Count].Latency;
    }

    private int LevelOf(int node) => node < 0 ? 0 : 1 + Upstreams(node).Max(LevelOf);

    private IEnumerable<int> Upstreams(int node) => _graph.Nodes[node].Inputs.SelectMany(input => _space.ResolveSources(structure, node, input)).DefaultIfEmpty(-1);
}
