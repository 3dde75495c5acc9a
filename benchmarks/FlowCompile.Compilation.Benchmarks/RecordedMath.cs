using FlowCompile.Graph;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>
/// Recorded calls of the workflow for mathematics: three models under five budgets, cases that are hard for all, and a selector that
/// chooses by how many candidates are right. 1.7 million configurations.
/// </summary>
internal static class RecordedMath
{
    private const int Models = 3;
    private const int Budgets = 5;
    private const int Repetitions = 2;
    private const int MaxCandidates = 4;

    public static ProfileTable Create(int cases, int seed = 5)
    {
        var graph = PublishedMath.Graph();
        var random = new Random(seed);
        double[] difficulty = [.. Enumerable.Range(0, cases).Select(_ => random.NextDouble())];
        var rows = new List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)>();
        for (var node = 0; node < graph.Nodes.Count; node++)
        {
            double[] own = [.. difficulty.Select(one => (0.7 * one) + (0.3 * random.NextDouble()))];
            for (var model = 0; model < Models; model++)
            {
                for (var budget = 0; budget < Budgets; budget++)
                {
                    var ability = 0.25 + (0.2 * model) + (0.35 * Math.Log2(1 + budget) / Math.Log2(Budgets + 1)) + (0.05 * random.NextDouble());
                    var seconds = (1 + (2.2 * model)) * (0.1 + (0.12 * budget));
                    rows.Add((node, new Setting($"m{model}", budget), 0, Calls(graph, node, own, ability, seconds, random)));
                }
            }
        }

        return new ProfileTable(graph, rows.GroupBy(row => row.Node).ToDictionary(group => graph.Nodes[group.Key].Name, group => (IReadOnlyList<SettingProfile>)[.. group.Select(row =>
            new SettingProfile(row.Setting, row.Calls.Where(call => call.State.AllRight).Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, row.Calls.Count))]))
        {
            Recorded = new RecordedOutcomes(graph, cases, rows),
        };
    }

    private static List<RecordedCall> Calls(WorkflowGraph graph, int node, double[] difficulty, double ability, double seconds, Random random)
    {
        var calls = new List<RecordedCall>();
        foreach (var (one, state) in difficulty.Index().SelectMany(pair => StatesOf(graph.Nodes[node]).Select(state => (pair, state))))
        {
            var help = state.Candidates > 0 ? (state.RightCandidates == 0 ? -0.6 : 0.15 * state.RightCandidates) : state.AllRight ? 0.1 : -0.3;
            var right = 1 / (1 + Math.Exp(-12 * (ability + help - one.Item)));
            for (var repetition = 0; repetition < Repetitions; repetition++)
            {
                calls.Add(new RecordedCall(one.Index, state, random.NextDouble() < right ? 1 : 0, seconds * (0.7 + (0.6 * random.NextDouble()))));
            }
        }

        return calls;
    }

    private static IEnumerable<InputState> StatesOf(GraphNode node) =>
        node.Candidates is not null
            ? Enumerable.Range(2, MaxCandidates - 1).SelectMany(candidates => Enumerable.Range(0, candidates + 1).Select(right => new InputState(right > 0, right, candidates)))
            : node.Inputs.Any(input => input.Kind == InputKind.Upstream) ? [InputState.Right, InputState.Wrong]
            : [InputState.Right];
}
