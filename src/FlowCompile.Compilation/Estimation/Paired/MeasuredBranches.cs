using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// How often each branch was taken in a profile, every case weighing the same. Of a sub-agent that routes it is what its recorded outputs
/// say, over all settings; of a tool it is what it returned in the reference runs. Where that was not kept, it is which of its branches had
/// calls on the case in a reference run, and where none had, a branch without sub-agents. A value that no branch names counts as
/// <see cref="BranchProbabilities.Other"/>, whether there is a default branch or not.
/// </summary>
internal static class MeasuredBranches
{
    /// <summary>The probabilities; a router of which nothing was recorded takes every branch equally often.</summary>
    public static BranchProbabilities Of(RecordedOutcomes recorded)
    {
        var graph = recorded.Graph;
        var measured = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var alsoOther = AlsoOther(recorded);
        foreach (var router in RoutersOf(graph))
        {
            var values = BranchProbabilities.Equal.WithOther(alsoOther).Of(graph, router);
            var taken = graph.Nodes[graph.IndexOf(router)].Kind == NodeKind.SubAgent ? ByOutput(recorded, router, values)
                : recorded.Routes.TryGetValue(graph.IndexOf(router), out var routes) ? ByRoute(routes, values)
                : ByCalls(recorded, router, values);
            var cases = taken.GroupBy(one => one.Case).Select(group => group.CountBy(one => one.Branch).ToDictionary(pair => pair.Key, pair => (double)pair.Value / group.Count())).ToList();
            if (cases.Count > 0)
            {
                measured.Add(router, values.Select((value, i) => (value.Value, Share: cases.Average(shares => shares.GetValueOrDefault(i))))
                    .ToDictionary(pair => pair.Value, pair => pair.Share));
            }
        }

        return new BranchProbabilities(measured) { IsMeasured = true, AlsoOther = alsoOther };
    }

    /// <summary>The routers that were recorded to return what no branch names.</summary>
    public static IReadOnlySet<string> AlsoOther(RecordedOutcomes recorded)
    {
        var graph = recorded.Graph;
        return RoutersOf(graph).Where(router =>
        {
            var named = BranchProbabilities.Equal.Of(graph, router).Where(value => value.Value != BranchProbabilities.Other).ToList();
            var node = graph.IndexOf(router);
            var outputs = graph.Nodes[node].Kind == NodeKind.SubAgent ? recorded.CallsOf(node).Select(call => call.Output)
                : recorded.Routes.TryGetValue(node, out var routes) ? routes.Select(route => route.Output) : [];
            return outputs.OfType<string>().Distinct().Any(output => BranchValueMatch.Of(named, output) < 0);
        }).ToHashSet();
    }

    private static IEnumerable<string> RoutersOf(WorkflowGraph graph) => graph.Nodes.Select(node => node.Condition?.Router).OfType<string>().Distinct();

    private static IEnumerable<(int Case, int Branch)> ByOutput(RecordedOutcomes recorded, string router, IReadOnlyList<(string Value, double Probability)> values) =>
        recorded.CallsOf(recorded.Graph.IndexOf(router)).Where(call => call.Output is not null).Select(call => (call.Case, BranchValueMatch.Of(values, call.Output!)));

    private static IEnumerable<(int Case, int Branch)> ByRoute(IReadOnlyList<RecordedRoute> routes, IReadOnlyList<(string Value, double Probability)> values) =>
        routes.Where(route => !route.IsComposed).Select(route => (route.Case, BranchValueMatch.Of(values, route.Output)));

    // The cases on which a run of the workflow called a sub-agent.
    private static IEnumerable<int> Ran(RecordedOutcomes recorded, int node) => recorded.CallsOf(node).Where(call => !call.IsComposed).Select(call => call.Case);

    private static HashSet<(int Case, int Branch)> ByCalls(RecordedOutcomes recorded, string router, IReadOnlyList<(string Value, double Probability)> values)
    {
        var named = recorded.Graph.Nodes.Where(node => node.Condition?.Router == router).SelectMany(node => node.Condition!.Values).ToHashSet();
        var taken = new HashSet<(int Case, int Branch)>();
        var callsModels = new bool[values.Count];
        for (var node = 0; node < recorded.Graph.Nodes.Count; node++)
        {
            if (recorded.Graph.Nodes[node].Condition is { } condition && condition.Router == router)
            {
                int[] branches = [.. Enumerable.Range(0, values.Count).Where(i => condition.IsOtherwise ? !named.Contains(values[i].Value) : condition.Values.Contains(values[i].Value))];
                if (recorded.Graph.Nodes[node].Kind == NodeKind.SubAgent)
                {
                    Array.ForEach(branches, branch => callsModels[branch] = true);
                    taken.UnionWith(Ran(recorded, node).SelectMany(one => branches.Select(branch => (one, branch))));
                }
            }
        }

        var heard = taken.Select(one => one.Case).ToHashSet();
        var silent = Enumerable.Range(0, recorded.Graph.Nodes.Count).SelectMany(node => Ran(recorded, node)).Where(one => !heard.Contains(one)).Distinct().ToList();
        taken.UnionWith(silent.SelectMany(one => Enumerable.Range(0, values.Count).Where(branch => !callsModels[branch]).Select(branch => (one, branch))));
        return taken;
    }
}
