using FlowCompile.Generators.Diagnostics;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds a cycle, whatever else is wrong with the workflow.</summary>
internal static class CycleChecker
{
    public static void Check(ParseContext context, string workflow, IReadOnlyList<NodeDraft> nodes)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++)
        {
            indexes[nodes[i].Name] = i;
        }

        // A node that reads itself has been reported where it does.
        var upstreams = nodes.Select((node, i) => Names(node).Where(name => indexes.ContainsKey(name) && indexes[name] != i)
            .Select(name => indexes[name]).Distinct().ToArray()).ToArray();
        if (GraphOrder.FindCycle(upstreams) is { } cycle)
        {
            var path = string.Join(" -> ", cycle.Select(i => nodes[i].Name));
            context.Report(EdgeDescriptors.Cycle, nodes[cycle[0]].Method.LocationOr(context.TypeLocation), workflow, path);
        }
    }

    private static IEnumerable<string> Names(NodeDraft node)
    {
        foreach (var source in node.Parameters.SelectMany(parameter => parameter.Sources))
        {
            yield return source;
        }

        if (node.Repair is { } repair)
        {
            yield return repair.Test;
            yield return repair.Target;
        }

        if (node.Branch is { } branch)
        {
            yield return branch.Router;
        }
    }
}
