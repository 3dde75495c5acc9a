using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Finds nodes that the output does not need.</summary>
internal static class ReachCheck
{
    private static readonly string[] s_ofMethods =
        [AttributeNames.SubAgent, AttributeNames.Tool, AttributeNames.Replicas, AttributeNames.RetryUntil, AttributeNames.When, AttributeNames.Otherwise];

    private static readonly string[] s_ofParameters = [AttributeNames.From, AttributeNames.FromAny];

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
                context.Report(EdgeDescriptors.UnreadNode, context.LocationOf(name), Attributes(context, name), name);
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

    // Without them the method is one as any other. A score of the node would name nothing.
    private static FixFacts Attributes(CheckContext context, string name)
    {
        var method = context.Nodes.First(node => node.Name == name).Method;
        var scores = MemberFinder.Methods(context.Type).Select(other => AttributeFacts.Find(other, AttributeNames.Score)).Where(score => score?.Text(0) == name);
        var facts = new FixFacts().With(FixFacts.Name, name);
        foreach (var attribute in s_ofMethods.Select(attribute => AttributeFacts.Find(method, attribute))
            .Concat(method.Parameters.SelectMany(parameter => s_ofParameters.Select(attribute => AttributeFacts.Find(parameter, attribute))))
            .Concat(scores))
        {
            facts.At(attribute?.Location(context.CancellationToken));
        }

        return facts;
    }
}
