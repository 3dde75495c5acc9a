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
    /// <param name="perCall">Whether the calls of a node may have different settings.</param>
    public static List<OracleConfiguration> Configurations(
        WorkflowGraph graph, IReadOnlyList<(Wiring Wiring, WorkflowStructure Structure)> structures, int[] settings, bool perCall)
    {
        var all = new List<OracleConfiguration>();
        foreach (var (wiring, structure) in structures)
        {
            var choices = ChoicesOf(graph, wiring, settings, perCall);
            var chosen = new int[choices.Length];
            while (true)
            {
                int[]?[] calls = [.. chosen.Select((choice, node) => choices[node].Count == 0 ? null : choices[node][choice])];
                CallSettings?[] given = [.. calls.Select(own => own is null ? (CallSettings?)null : new CallSettings([.. own.Select(Recording.SettingOf)]))];
                all.Add(new OracleConfiguration(wiring, calls, new WorkflowConfiguration("o", structure, given)));
                var node = 0;
                while (node < chosen.Length && chosen[node] >= choices[node].Count - 1)
                {
                    chosen[node] = 0;
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
    public static double Count(WorkflowGraph graph, IReadOnlyList<(Wiring Wiring, WorkflowStructure Structure)> structures, int[] settings, bool perCall) => structures.Sum(one =>
        ChoicesOf(graph, one.Wiring, settings, perCall).Where(choices => choices.Count > 0).Aggregate(1.0, (product, choices) => product * choices.Count));

    /// <summary>Which sub-agents some run calls, whatever routers return and whatever goes wrong.</summary>
    public static bool[] Called(WorkflowGraph graph, Wiring wiring)
    {
        var calls = new AnyCalls(graph);
        var play = new Play(graph, wiring, [.. wiring.Counts.Select(count => (int[]?)new int[Math.Max(1, count)])], calls, routerMustBeRight: false) { RepairsAll = true };
        var chance = new Worlds();
        do
        {
            play.Run(chance);
        }
        while (chance.Next());
        return calls.Called;
    }

    // For each node what its calls may run under, call by call; nothing where none is made. Of replicas the order is no difference, of attempts it is.
    private static List<int[]>[] ChoicesOf(WorkflowGraph graph, Wiring wiring, int[] settings, bool perCall)
    {
        var called = Called(graph, wiring);
        return [.. Enumerable.Range(0, called.Length).Select(node =>
        {
            List<int[]> choices = called[node] ? [[]] : [];
            for (var call = 0; call < wiring.Counts[node]; call++)
            {
                choices = [.. choices.SelectMany(before => Enumerable.Range(0, settings[node]).Select(setting => (int[])[.. before, setting]))];
            }

            choices.RemoveAll(own => own.Distinct().Count() > 1
                && (!perCall || graph.Nodes[node].HasSameSettings || (graph.Nodes[node].Repair is null && !own.SequenceEqual(own.Order()))));
            return choices;
        })];
    }
}
