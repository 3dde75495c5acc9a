using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>The latencies of the runs of a workflow without branches and repairs, each run played by itself on the recorded calls.</summary>
internal sealed class LatencyOracle(
    RandomRecords records, WorkflowStructure structure, IReadOnlyList<CallSettings?> settings, BranchProbabilities branches, Schedule schedule, int slots)
{
    private readonly WorkflowGraph _graph = records.Graph;
    private readonly StructureSpace _space = new(records.Graph);
    private readonly HashSet<int> _needed = [];
    private readonly Dictionary<int, IReadOnlyDictionary<(int Node, InputState State), double>> _states = [];

    /// <summary>For each draw and case the latency in seconds, shortest first.</summary>
    public List<double> Runs()
    {
        Need(_space.ResolveOutput(structure, _graph.Output));
        return [.. Enumerable.Range(0, records.Recorded.Draws).SelectMany(draw => Enumerable.Range(0, records.Cases).Select(one => Run(one, draw))).Order()];
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
        var each = settings[node]!.Value;
        var all = records.Calls[(node, each[call])];
        var own = all.Where(recorded => recorded.Case == one).ToList();

        // Those on such inputs, where there are any; else those on as many candidates.
        var state = State(node, one, draw);
        var alike = own.Where(recorded => recorded.State == state).ToList();
        alike = alike.Count > 0 ? alike : [.. own.Where(recorded => state.Candidates > 0 && recorded.State.Candidates == state.Candidates)];
        own = alike.Count > 0 ? alike : own;
        return own.Count == 0 ? all.Average(recorded => recorded.Latency) : own[(one + draw + Among(call)) % own.Count].Latency;

        // How many of the first calls have this one's setting.
        int Among(int calls) => Enumerable.Range(0, calls).Count(other => each[other] == each[call]);
    }

    // What is right in the inputs: the least comes first, and one chance says how far things go wrong in all of the run.
    private InputState State(int node, int one, int draw)
    {
        if (!_states.TryGetValue(one, out var states))
        {
            states = new PairedOracle(records, structure, settings, branches, one).States();
            _states.Add(one, states);
        }

        var chance = LatencyDraws.Chance(0, one, draw, records.Recorded.Draws);
        var own = states.Where(pair => pair.Key.Node == node).OrderBy(pair => pair.Key.State.AllRight).ThenBy(pair => pair.Key.State.RightCandidates).ToList();
        foreach (var ((_, state), probability) in own)
        {
            chance -= probability;
            if (chance < 0)
            {
                return state;
            }
        }

        return own[^1].Key.State;
    }

    private int LevelOf(int node) => node < 0 ? 0 : 1 + Upstreams(node).Max(LevelOf);

    private IEnumerable<int> Upstreams(int node) => _graph.Nodes[node].Inputs.SelectMany(input => _space.ResolveSources(structure, node, input)).DefaultIfEmpty(-1);
}
