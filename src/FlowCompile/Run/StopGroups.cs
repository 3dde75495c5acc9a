using FlowCompile.Graph;

namespace FlowCompile;

/// <summary>
/// Which nodes a candidate list that ends early leaves nobody to work for: its candidates, and what only they need. Each node belongs to the
/// innermost such list.
/// </summary>
internal static class StopGroups
{
    /// <summary>For each node the index of the node whose list it works for, -1 for none.</summary>
    /// <returns><see langword="null"/> where no list ends early.</returns>
    public static int[]? Of(WorkflowGraph graph)
    {
        if (!graph.Nodes.Any(node => node.Candidates is { Agree: > 0 }))
        {
            return null;
        }

        var groups = new int[graph.Nodes.Count];
        Array.Fill(groups, -1);

        // From the output back: of two lists that a node works for, the one found last is the inner one.
        foreach (var reader in graph.Order.Reverse().Where(node => graph.Nodes[node].Candidates is { Agree: > 0 }))
        {
            var members = new HashSet<int>();
            foreach (var node in graph.Order.Reverse().Where(node => node != graph.Output && WorksOnlyFor(node, reader, members)))
            {
                members.Add(node);
                groups[node] = reader;
            }
        }

        return groups;

        bool WorksOnlyFor(int node, int reader, HashSet<int> members)
        {
            var name = graph.Nodes[node].Name;
            var readers = Enumerable.Range(0, graph.Nodes.Count).Where(other => Reads(graph.Nodes[other], name)).ToList();
            return readers.Count > 0 && readers.All(other => members.Contains(other) || (other == reader && ReadsAsCandidateOnly(graph.Nodes[other], name)));
        }
    }

    private static bool Reads(GraphNode node, string upstream) => node.Inputs.Any(input => input.Sources.Contains(upstream)) || Controls(node, upstream);

    private static bool ReadsAsCandidateOnly(GraphNode node, string upstream) =>
        !Controls(node, upstream) && node.Inputs.All(input => input.Kind == InputKind.Candidates || !input.Sources.Contains(upstream));

    private static bool Controls(GraphNode node, string upstream) =>
        node.Repair?.Test == upstream || node.Repair?.Target == upstream || node.Condition?.Router == upstream;
}
