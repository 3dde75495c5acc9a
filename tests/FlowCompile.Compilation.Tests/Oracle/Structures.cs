using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// The structures of a graph by their definition: whatever some choice of counts means (<see cref="Reading"/>), each meaning once. Two choices
/// under which the same nodes run as often and read the same are one structure, and a choice is none where the counts of what it runs say that something
/// else runs: left out, a selector of a node and a tool hands nothing on; the tool then has nobody who needs it; and of the node alone it hands that on.
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
            if (new Reading(graph, choice, byChoice: true).Wire() is { } meant && Run(graph, meant.Counts)?.Signature == meant.Signature)
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
}
