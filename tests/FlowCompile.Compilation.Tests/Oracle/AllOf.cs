using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>All configurations of a graph, by going through them.</summary>
internal static class AllOf
{
    /// <summary>Combines every structure with every setting of the sub-agents that may be called in it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structures">Its structures.</param>
    /// <param name="settings">How many settings each node has.</param>
    public static List<OracleConfiguration> Configurations(WorkflowGraph graph, IReadOnlyList<(Wiring Wiring, WorkflowStructure Structure)> structures, int[] settings)
    {
        var all = new List<OracleConfiguration>();
        foreach (var (wiring, structure) in structures)
        {
            var called = Called(graph, wiring);
            var chosen = Enumerable.Range(0, called.Length).Select(node => called[node] ? (int?)0 : null).ToArray();
            while (true)
            {
                all.Add(new OracleConfiguration(
                    wiring, [.. chosen], new WorkflowConfiguration("o", structure, [.. chosen.Select(setting => setting is { } some ? Recording.SettingOf(some) : (Setting?)null)])));
                var node = 0;
                while (node < chosen.Length && (chosen[node] is null || chosen[node] == settings[node] - 1))
                {
                    chosen[node] = chosen[node] is null ? null : 0;
                    node++;
                }

                if (node == chosen.Length)
                {
                    break;
                }

                chosen[node]++;
            }
        }

        return all;
    }

    /// <summary>How many there would be.</summary>
    public static double Count(WorkflowGraph graph, IReadOnlyList<(Wiring Wiring, WorkflowStructure Structure)> structures, int[] settings) => structures.Sum(one =>
    {
        var called = Called(graph, one.Wiring);
        return Enumerable.Range(0, called.Length).Where(node => called[node]).Aggregate(1.0, (product, node) => product * settings[node]);
    });

    /// <summary>Which sub-agents some run calls, whatever routers return and whatever goes wrong.</summary>
    public static bool[] Called(WorkflowGraph graph, Wiring wiring)
    {
        var calls = new AnyCalls(graph);
        var play = new Play(graph, wiring, [.. wiring.Counts.Select(_ => (int?)0)], calls, routerMustBeRight: false) { RepairsAll = true };
        var chance = new Worlds();
        do
        {
            play.Run(chance);
        }
        while (chance.Next());
        return calls.Called;
    }
}
