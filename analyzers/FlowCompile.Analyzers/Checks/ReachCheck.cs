using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Finds nodes that the output does not need.</summary>
internal static class ReachCheck
{
    public static void Check(CheckContext context, WorkflowSpec workflow)
    {
        var graph = GraphBuilder.Build(workflow);
        var needed = new bool[graph.Nodes.Count];
        Mark(graph.Output);

        var read = new bool[graph.Nodes.Count];
        for (var node = 0; node < read.Length; node++)
        {
            foreach (var upstream in graph.Upstreams(node))
            {
                read[upstream] = true;
            }
        }

        for (var node = 0; node < needed.Length; node++)
        {
            var name = graph.Nodes[node].Name;
            if (!needed[node] && !read[node])
            {
                context.Report(EdgeDescriptors.UnreadNode, context.LocationOf(name), name);
            }
            else if (!needed[node])
            {
                context.Report(EdgeDescriptors.UnreachableNode, context.LocationOf(name), name, workflow.Output);
            }
        }

        void Mark(int node)
        {
            if (!needed[node])
            {
                needed[node] = true;
                foreach (var upstream in graph.Upstreams(node))
                {
                    Mark(upstream);
                }
            }
        }
    }
}
