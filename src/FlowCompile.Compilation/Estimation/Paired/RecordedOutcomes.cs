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
    private readonly (int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)[] _calls;

    internal RecordedOutcomes(WorkflowGraph graph, int cases, IEnumerable<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)> rows)
    {
        Graph = graph;
        Cases = cases;
        _calls = [.. rows];
        _outcomes = [.. graph.Nodes.Select(_ => new Dictionary<Setting, SettingOutcomes>())];
        foreach (var (node, setting, cost, calls) in _calls)
        {
            _outcomes[node].Add(setting, new SettingOutcomes(calls, cases, graph.Nodes[node].Temperature == 0, cost));
        }
    }

    /// <summary>The graph.</summary>
    public WorkflowGraph Graph { get; }

    /// <summary>The number of cases.</summary>
    public int Cases { get; }

    /// <summary>Takes the calls of a measured profile; those that failed have no outcome.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="summary">The profile.</param>
    /// <returns>The outcomes, or <see langword="null"/> where the profile has none.</returns>
    internal static RecordedOutcomes? From(WorkflowGraph graph, ProfileSummary summary)
    {
        var measured = summary.Outcomes.Where(one => !one.Outcome.Failed && graph.IndexOf(one.Cell.Node) >= 0).ToList();
        if (measured.Count == 0)
        {
            return null;
        }

        var cases = measured.Select(one => one.Cell.CaseId).Distinct(StringComparer.Ordinal).Select((id, place) => (id, place))
            .ToDictionary(pair => pair.id, pair => pair.place, StringComparer.Ordinal);
        var costs = summary.Rows.ToDictionary(row => (row.Node, row.Setting), row => row.Cost);
        return new RecordedOutcomes(graph, cases.Count, measured.GroupBy(one => (one.Cell.Node, one.Cell.Setting)).Select(group => (
            graph.IndexOf(group.Key.Node),
            group.Key.Setting,
            costs.GetValueOrDefault(group.Key),
            (IReadOnlyCollection<RecordedCall>)[.. group.Select(one => new RecordedCall(
                cases[one.Cell.CaseId],
                new InputState(one.Cell.InputsRight, one.Cell.RightCandidates, one.Cell.Candidates),
                one.Outcome.Score!.Value,
                one.Outcome.Latency.TotalSeconds,
                one.Outcome.Output))])));
    }

    /// <summary>
    /// The same with cases that nobody has seen: on each of them every setting is right or wrong by the toss of a coin of its own, whatever
    /// its inputs. What all recorded cases agree on, they leave open.
    /// </summary>
    /// <param name="cases">How many cases.</param>
    internal RecordedOutcomes Suppose(int cases)
    {
        var states = _calls.GroupBy(row => row.Node).ToDictionary(group => group.Key, group => group.SelectMany(row => row.Calls.Select(call => call.State)).Distinct().ToList());
        return new RecordedOutcomes(Graph, Cases + cases, _calls.Select(row =>
        {
            var random = new Random(row.Setting.ToString().Aggregate(row.Node, (hash, c) => unchecked((hash * 31) + c)));
            var latency = row.Calls.Average(call => call.Latency);
            var output = row.Calls.First().Output;
            var supposed = Enumerable.Range(Cases, cases).SelectMany(one =>
            {
                var right = random.Next(2);
                return states[row.Node].Select(state => new RecordedCall(one, state, right, latency, output));
            });
            return (row.Node, row.Setting, row.Cost, (IReadOnlyCollection<RecordedCall>)[.. row.Calls, .. supposed]);
        }));
    }

    /// <summary>What was recorded of a sub-agent under a setting.</summary>
    /// <exception cref="CompileException">Nothing was.</exception>
    internal SettingOutcomes Of(int node, Setting? setting) =>
        setting is not { } one ? throw new CompileException($"The configuration has no setting for '{Graph.Nodes[node].Name}', which runs in its structure.")
        : _outcomes[node].TryGetValue(one, out var outcomes) ? outcomes
        : throw new CompileException($"'{Graph.Nodes[node].Name}' was not measured under {one}; run 'flowcompile profile' again.");
}
