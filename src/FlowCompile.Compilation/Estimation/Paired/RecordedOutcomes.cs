using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>
/// What was recorded of every call of a profile, case by case: what the paired proxy composes. A mean keeps nothing of which cases a
/// sub-agent fails on, and so of which sub-agents fail together.
/// </summary>
public sealed class RecordedOutcomes
{
    private readonly Dictionary<Setting, SettingOutcomes>[] _outcomes;
    private readonly ConcurrentDictionary<(int Node, CallSettings Settings), MixedOutcomes> _mixed = new();

    internal RecordedOutcomes(
        WorkflowGraph graph,
        int cases,
        IEnumerable<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)> rows,
        Func<int, Setting, double?>? energyOf = null)
    {
        Graph = graph;
        Cases = cases;
        _outcomes = [.. graph.Nodes.Select(_ => new Dictionary<Setting, SettingOutcomes>())];

        // A setting without a call was not measured.
        var all = rows.Where(row => row.Calls.Count > 0).ToList();
        var others = OthersOf(all, graph.Nodes.Count, cases);
        Draws = LatencyDraws.Count(all.Select(row => row.Calls), cases);
        foreach (var (node, setting, cost, calls) in all)
        {
            var energy = energyOf?.Invoke(node, setting) ?? double.NaN;
            _outcomes[node].Add(setting, new SettingOutcomes(calls, cases, graph.Nodes[node].Temperature == 0, cost, others[node]) { Draws = Draws, Energy = energy });
        }
    }

    private RecordedOutcomes(RecordedOutcomes other, int node, Setting setting, SettingOutcomes changed)
    {
        Graph = other.Graph;
        Cases = other.Cases;
        Draws = other.Draws;
        Slots = other.Slots;
        Routes = other.Routes;
        _outcomes = [.. other._outcomes.Select((own, i) => i == node ? new Dictionary<Setting, SettingOutcomes>(own) { [setting] = changed } : own)];
    }

    /// <summary>The graph.</summary>
    public WorkflowGraph Graph { get; }

    /// <summary>The number of cases.</summary>
    public int Cases { get; }

    /// <summary>The ids of the cases by their places; none where they are not known.</summary>
    internal IReadOnlyList<string> CaseIds { get; init; } = [];

    /// <summary>How many calls run at once where the models run. Default: no limits.</summary>
    public CallSlots Slots { get; init; } = CallSlots.Unlimited;

    /// <summary>How many draws of each case latencies are taken over.</summary>
    internal int Draws { get; }

    /// <summary>By the index of a tool that routes, what it returned; none of a tool that it was not recorded of.</summary>
    internal IReadOnlyDictionary<int, IReadOnlyList<RecordedRoute>> Routes { get; init; } = new Dictionary<int, IReadOnlyList<RecordedRoute>>();

    /// <summary>Takes the calls of a measured profile; those that failed have no outcome, and settings with too many failures are left out.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="summary">The profile.</param>
    /// <returns>The outcomes, or <see langword="null"/> where the profile has none.</returns>
    internal static RecordedOutcomes? From(WorkflowGraph graph, ProfileSummary summary)
    {
        var leftOut = summary.Rows.Where(row => row.IsLeftOut).Select(row => (row.Node, row.Setting)).ToHashSet();
        var measured = summary.Outcomes
            .Where(one => !one.Outcome.Failed && graph.IndexOf(one.Cell.Node) >= 0 && !leftOut.Contains((one.Cell.Node, one.Cell.Setting))).ToList();
        if (measured.Count == 0)
        {
            return null;
        }

        var cases = measured.Select(one => one.Cell.CaseId).Distinct(StringComparer.Ordinal).Select((id, place) => (id, place))
            .ToDictionary(pair => pair.id, pair => pair.place, StringComparer.Ordinal);
        var rows = summary.Rows.ToDictionary(row => (row.Node, row.Setting));
        return new RecordedOutcomes(graph, cases.Count, measured.GroupBy(one => (one.Cell.Node, one.Cell.Setting)).Select(group => (
            graph.IndexOf(group.Key.Node),
            group.Key.Setting,
            rows.GetValueOrDefault(group.Key)?.Cost ?? 0,
            (IReadOnlyCollection<RecordedCall>)[.. group.Select(one => new RecordedCall(
                cases[one.Cell.CaseId],
                new InputState(one.Cell.InputsRight, one.Cell.RightCandidates, one.Cell.Candidates),
                one.Outcome.Score!.Value,
                one.Outcome.Latency.TotalSeconds,
                one.Outcome.Output,
                one.Cell.Variant == InputVariant.Composed,
                rows.GetValueOrDefault(group.Key)?.Price is { } price ? price.CostOf(one.Outcome.InputTokens, one.Outcome.ThinkingTokens + one.Outcome.OutputTokens, one.Outcome.CachedInputTokens) : double.NaN,
                one.Outcome.EnergyJoules ?? double.NaN))])),
            (node, setting) => rows.GetValueOrDefault((graph.Nodes[node].Name, setting))?.EnergyJoules)
        {
            CaseIds = [.. cases.Keys],
            Slots = CallSlots.Of(summary.Manifest),
            Routes = summary.Routes.Where(route => graph.IndexOf(route.Node) >= 0 && cases.ContainsKey(route.CaseId)).GroupBy(route => graph.IndexOf(route.Node)).ToDictionary(
                group => group.Key,
                group => (IReadOnlyList<RecordedRoute>)[.. group.Select(route => new RecordedRoute(
                    cases[route.CaseId],
                    new InputState(route.InputsRight, route.RightCandidates, route.Candidates),
                    route.Output,
                    route.Variant == InputVariant.Composed))]),
        };
    }

    /// <summary>
    /// The same with cases that nobody has seen: on each of them every setting is right or wrong by the toss of a coin of its own where its
    /// inputs are right, and wrong where they are not. What all recorded cases agree on, they leave open.
    /// </summary>
    /// <param name="cases">How many cases.</param>
    internal RecordedOutcomes Suppose(int cases)
    {
        return new RecordedOutcomes(
            Graph,
            Cases + cases,
            _outcomes.Index().SelectMany(own => own.Item.Select(pair => (own.Index, pair.Key, pair.Value.Cost, SupposeOf(own.Index, pair.Key, pair.Value)))),
            (node, setting) => Of(node, setting).Energy)
        { Slots = Slots, Routes = Routes };

        IReadOnlyCollection<RecordedCall> SupposeOf(int node, Setting setting, SettingOutcomes outcomes)
        {
            List<RecordedCall> calls = [.. outcomes.Calls];

            // Seeds far apart: neighbouring ones toss alike.
            var random = new Random(unchecked(setting.ToString().Aggregate(node, (hash, c) => (hash * 31) + c) * -1640531527));
            var latency = calls.Average(call => call.Latency);
            var states = CallsOf(node).Select(call => call.State).Distinct().ToList();
            for (var one = Cases; one < Cases + cases; one++)
            {
                var right = random.Next(2);
                calls.AddRange(states.Select(state => new RecordedCall(one, state, state.AllRight || !states.Exists(other => other.AllRight) ? right : 0, latency, calls[0].Output)));
            }

            return calls;
        }
    }

    /// <summary>All calls of a sub-agent, whatever its setting.</summary>
    internal IEnumerable<RecordedCall> CallsOf(int node) => _outcomes[node].Values.SelectMany(outcomes => outcomes.Calls);

    /// <summary>The same outcomes, but for the calls of one sub-agent under one setting.</summary>
    /// <param name="node">The sub-agent.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="change">What becomes of a call.</param>
    internal RecordedOutcomes With(int node, Setting setting, Func<RecordedCall, RecordedCall> change) =>
        new(this, node, setting, Of(node, setting).With(change));

    /// <summary>What was recorded of the calls of a sub-agent under settings.</summary>
    /// <exception cref="CompileException">Nothing was.</exception>
    internal ICallOutcomes Of(int node, CallSettings? settings) =>
        settings is not { } own ? throw new CompileException($"The configuration has no setting for '{Graph.Nodes[node].Name}', which runs in its structure.")
        : own.IsUniform ? Of(node, own.First)
        : _mixed.GetOrAdd((node, own), key => new MixedOutcomes([.. Enumerable.Range(0, key.Settings.Count).Select(call => Of(key.Node, key.Settings[call]))]));

    /// <summary>What was recorded of a sub-agent under a setting.</summary>
    /// <exception cref="CompileException">Nothing was, or there are no cases.</exception>
    internal SettingOutcomes Of(int node, Setting setting) =>
        Cases < 1 ? throw new CompileException($"The profile of workflow '{Graph.Name}' has no recorded case; run 'flowcompile profile' on one case or more.")
        : _outcomes[node].TryGetValue(setting, out var outcomes) ? outcomes
        : throw new CompileException($"'{Graph.Nodes[node].Name}' was not measured under {setting}; run 'flowcompile profile' again.");

    // For each node and case, how much higher the scores of the other nodes are than on all cases.
    private static double[][] OthersOf(
        List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)> rows, int nodes, int cases)
    {
        var byNode = Enumerable.Range(0, nodes).Select(_ => (Sum: new double[cases], Count: new int[cases])).ToArray();
        foreach (var (node, _, _, calls) in rows)
        {
            var (sum, count) = CaseLikeness.Residuals(calls, cases);
            for (var one = 0; one < cases; one++)
            {
                byNode[node].Sum[one] += sum[one];
                byNode[node].Count[one] += count[one];
            }
        }

        return [.. Enumerable.Range(0, nodes).Select(node => Enumerable.Range(0, cases).Select(one =>
        {
            var others = byNode.Where((_, i) => i != node).ToList();
            return others.Sum(other => other.Sum[one]) / Math.Max(1, others.Sum(other => other.Count[one]));
        }).ToArray())];
    }
}
