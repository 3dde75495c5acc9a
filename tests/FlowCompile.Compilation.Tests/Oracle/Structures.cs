using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// The structures of a graph by their definition: whatever some choice of counts means (<see cref="Reading"/>), each meaning once. Two choices
/// under which the same nodes run as often and read the same are one structure, and a meaning that no counts say (<see cref="IsSaid"/>) is none.
/// </summary>
internal static class Structures
{
    /// <summary>All of them, by their <see cref="Wiring.Signature"/>.</summary>
    public static Dictionary<string, Wiring> Of(WorkflowGraph graph)
    {
        var found = new Dictionary<string, Wiring>();
        var choice = graph.Nodes.Select(node => node.MinCount).ToArray();
        while (true)
        {
            if (new Reading(graph, choice, byChoice: true).Wire() is { } meant)
            {
                found.TryAdd(meant.Signature, meant);
            }

            var node = 0;
            while (node < choice.Length && choice[node] == graph.Nodes[node].MaxCount)
            {
                choice[node] = graph.Nodes[node].MinCount;
                node++;
            }

            if (node == choice.Length)
            {
                return found;
            }

            choice[node]++;
        }
    }

    /// <summary>What the generated code runs, given counts alone; <see langword="null"/> where a node would have nothing to read.</summary>
    public static Wiring? Run(WorkflowGraph graph, IReadOnlyList<int> counts) => new Reading(graph, [.. counts], byChoice: false).Wire();

    /// <summary>
    /// Whether counts say what a choice means: those of what runs, 0 of what does not, and of a selector that makes no call either 0 or some. Left out, a selector
    /// of a node and a tool hands nothing on; then nobody needs the tool, it has 0, and the selector would hand the node on: no counts say the first.
    /// </summary>
    public static bool IsSaid(WorkflowGraph graph, Wiring meant)
    {
        int[] silent = [.. Enumerable.Range(0, graph.Nodes.Count).Where(node => meant.Counts[node] == 0 && graph.Nodes[node].Candidates is not null)];
        return Enumerable.Range(0, 1 << silent.Length).Any(choice =>
        {
            int[] counts = [.. meant.Counts];
            foreach (var (place, node) in silent.Index())
            {
                counts[node] = (choice >> place) & 1;
            }

            return Run(graph, counts)?.Signature == meant.Signature;
        });
    }
}
