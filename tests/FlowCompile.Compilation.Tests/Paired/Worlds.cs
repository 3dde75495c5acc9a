using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>
/// Worlds whose truth is known: each says by itself how often a sub-agent is right on a case, and so what a configuration's accuracy is on all cases
/// that there could be. What is measured of one is tosses of coins on some cases.
/// </summary>
internal static class Worlds
{
    private const double HardShare = 0.3;

    /// <summary>One sub-agent under 40 settings that are equally accurate, faster and slower.</summary>
    public static (ProfileTable Profile, Func<IReadOnlyList<Setting?>, double> Truth) Equal(int seed, int cases) =>
        Alone(seed, cases, [.. Enumerable.Repeat(0.7, 40)]);

    /// <summary>One sub-agent under 20 settings, each slower and a little more accurate than the one before.</summary>
    public static (ProfileTable Profile, Func<IReadOnlyList<Setting?>, double> Truth) Gradient(int seed, int cases) =>
        Alone(seed, cases, [.. Enumerable.Range(0, 20).Select(i => 0.5 + (0.02 * i))]);

    /// <summary>
    /// One sub-agent after another, each under 8 settings. Three cases of ten are hard, and hard for both: the second is right only where the first is.
    /// </summary>
    public static (ProfileTable Profile, Func<IReadOnlyList<Setting?>, double> Truth) HardCases(int seed, int cases)
    {
        var random = new Random((seed * 7919) + 17);
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("B", From("A"))], "B");
        (double Easy, double Hard)[] chances = [.. Enumerable.Range(0, 8).Select(i => (0.9 + (0.01 * i), 0.3 + (0.04 * (i / 2))))];
        bool[] hard = [.. Enumerable.Range(0, cases).Select(_ => random.NextDouble() < HardShare)];
        var rows = new List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)>();
        for (var node = 0; node < 2; node++)
        {
            for (var i = 0; i < chances.Length; i++)
            {
                List<RecordedCall> calls = [];
                for (var c = 0; c < cases; c++)
                {
                    var isRight = random.NextDouble() < (hard[c] ? chances[i].Hard : chances[i].Easy);
                    calls.Add(new RecordedCall(c, InputState.Right, isRight ? 1 : 0, 1 + (0.1 * i)));
                    if (node == 1)
                    {
                        calls.Add(new RecordedCall(c, InputState.Wrong, 0, 1 + (0.1 * i)));
                    }
                }

                rows.Add((node, new Setting($"m{i}", 0), 0, calls));
            }
        }

        return (Profile(graph, cases, rows), settings =>
        {
            var (a, b) = (chances[Index(settings[0])], chances[Index(settings[1])]);
            return ((1 - HardShare) * a.Easy * b.Easy) + (HardShare * a.Hard * b.Hard);
        }
        );
    }

    private static (ProfileTable Profile, Func<IReadOnlyList<Setting?>, double> Truth) Alone(int seed, int cases, double[] right)
    {
        var random = new Random((seed * 7919) + 13);
        var graph = new WorkflowGraph("w", [Agent("A")], "A");
        var rows = right.Select((one, i) => (Node: 0, Setting: new Setting($"m{i}", 0), Cost: 0.0, Calls: (IReadOnlyCollection<RecordedCall>)
            [.. Enumerable.Range(0, cases).Select(c => new RecordedCall(c, InputState.Right, random.NextDouble() < one ? 1 : 0, 1 + (0.1 * i)))])).ToList();
        return (Profile(graph, cases, rows), settings => right[Index(settings[0])]);
    }

    private static int Index(Setting? setting) => int.Parse(setting!.Value.Model[1..]);

    private static ProfileTable Profile(WorkflowGraph graph, int cases, List<(int Node, Setting Setting, double Cost, IReadOnlyCollection<RecordedCall> Calls)> rows) => new(
        graph,
        rows.GroupBy(row => graph.Nodes[row.Node].Name).ToDictionary(group => group.Key, group => (IReadOnlyList<SettingProfile>)
        [
            .. group.Select(row => new SettingProfile(
                row.Setting, row.Calls.Where(call => call.State.AllRight).Average(call => call.Score), row.Calls.Average(call => call.Latency), 0, cases)),
        ]))
    { Recorded = new RecordedOutcomes(graph, cases, rows) };
}
