namespace FlowCompile.Graph;

/// <summary>Topological order and cycles of a graph given by the upstreams of each node.</summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public static class GraphOrder
{
    /// <summary>Orders nodes so that each comes after its upstreams; of those that could come next, the one declared first does.</summary>
    /// <param name="upstreams">For each node the indexes of its upstreams.</param>
    /// <returns>The order, or <see langword="null"/> where there is a cycle.</returns>
    public static int[]? Sort(IReadOnlyList<IReadOnlyList<int>> upstreams)
    {
        var order = new List<int>(upstreams.Count);
        var done = new bool[upstreams.Count];
        while (order.Count < upstreams.Count)
        {
            var next = -1;
            for (var i = 0; i < upstreams.Count && next < 0; i++)
            {
                if (!done[i] && upstreams[i].All(u => done[u]))
                {
                    next = i;
                }
            }

            if (next < 0)
            {
                return null;
            }

            done[next] = true;
            order.Add(next);
        }

        return order.ToArray();
    }

    /// <summary>Finds a cycle.</summary>
    /// <param name="upstreams">For each node the indexes of its upstreams.</param>
    /// <returns>The nodes of one cycle in the direction of the data, the first one again at the end; <see langword="null"/> where there is none.</returns>
    public static IReadOnlyList<int>? FindCycle(IReadOnlyList<IReadOnlyList<int>> upstreams)
    {
        var state = new int[upstreams.Count]; // 0 unseen, 1 on the path, 2 finished
        var path = new List<int>();
        for (var i = 0; i < upstreams.Count; i++)
        {
            if (state[i] == 0 && Visit(i) is { } cycle)
            {
                return cycle;
            }
        }

        return null;

        List<int>? Visit(int node)
        {
            state[node] = 1;
            path.Add(node);
            foreach (var upstream in upstreams[node])
            {
                if (state[upstream] == 1)
                {
                    var cycle = path.GetRange(path.IndexOf(upstream), path.Count - path.IndexOf(upstream));
                    cycle.Add(upstream);
                    cycle.Reverse();
                    return cycle;
                }

                if (state[upstream] == 0 && Visit(upstream) is { } found)
                {
                    return found;
                }
            }

            path.RemoveAt(path.Count - 1);
            state[node] = 2;
            return null;
        }
    }
}
