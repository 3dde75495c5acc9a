using System.Globalization;
using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;
using FlowCompile.Graph;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Looks at the structures: whether there are too many, and whether every selector runs in one.</summary>
internal static class StructureCheck
{
    /// <summary>The most structure choices that a compilation tries one by one.</summary>
    private const double MostCompiled = 1_000_000;

    // While somebody types, a few thousand are a fraction of a millisecond each.
    private const double MostTried = 4_096;

    public static void Check(CheckContext context, WorkflowSpec workflow)
    {
        var graph = GraphBuilder.Build(workflow);
        var space = new StructureSpace(graph);
        if (space.Size > MostCompiled)
        {
            context.Report(
                StructureDescriptors.LargeSpace,
                context.TypeLocation,
                workflow.Name,
                space.Size.ToString("0", CultureInfo.InvariantCulture),
                MostCompiled.ToString("0", CultureInfo.InvariantCulture));
        }

        if (space.Size > MostTried)
        {
            return;
        }

        var runs = new bool[graph.Nodes.Count];
        foreach (var structure in space.Enumerate())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            for (var node = 0; node < runs.Length; node++)
            {
                runs[node] |= structure.IsActive(node);
            }
        }

        CheckSelectors(context, graph, runs);
    }

    private static void CheckSelectors(CheckContext context, WorkflowGraph graph, bool[] runs)
    {
        for (var node = 0; node < runs.Length; node++)
        {
            if (!runs[node] && graph.Nodes[node].Candidates is { MinBranches: > 1 } list)
            {
                context.Report(
                    EdgeDescriptors.MinBranches,
                    context.LocationOf(graph.Nodes[node].Name),
                    list.Parameter,
                    graph.Nodes[node].Name,
                    list.MinBranches,
                    "no structure gives it that many, so it never runs; lower MinBranches, or name more upstreams");
            }
        }
    }
}
