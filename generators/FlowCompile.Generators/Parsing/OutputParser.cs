using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds the output node.</summary>
internal static class OutputParser
{
    private static readonly string[] s_readers = [AttributeNames.RetryUntil, AttributeNames.When, AttributeNames.Otherwise];

    public static NodeDraft? Parse(ParseContext context, IReadOnlyList<NodeDraft> nodes, IReadOnlyList<IMethodSymbol> methods)
    {
        var outputs = nodes.Where(node => AttributeFacts.Find(node.Method, AttributeNames.Output) is not null).ToList();
        if (outputs.Count == 0)
        {
            // An [Output] on a method that is no node has been reported as such.
            if (!methods.Any(method => AttributeFacts.Find(method, AttributeNames.Output) is not null))
            {
                context.Report(WorkflowDescriptors.NoOutput, context.TypeLocation, Sinks(nodes), context.Type.Name);
            }

            return null;
        }

        foreach (var extra in outputs.Skip(1))
        {
            var names = string.Join(", ", outputs.Select(node => node.Name));
            context.Report(WorkflowDescriptors.SeveralOutputs, extra.Method.LocationOr(context.TypeLocation), context.Type.Name, names);
        }

        if (outputs[0] is { MaxReplicas: > 1 } replicated)
        {
            context.Report(
                StructureDescriptors.Combination,
                replicated.Method.LocationOr(context.TypeLocation),
                replicated.Name,
                "[Output] and [Replicas]",
                "the workflow has one output; gather the replicas with [FromAny] in another node");
        }

        return outputs[0];
    }

    /// <summary>The nodes that can be the output: nobody reads them, and each run has one value of them. The last declared comes first.</summary>
    private static FixFacts Sinks(IReadOnlyList<NodeDraft> nodes)
    {
        var read = new HashSet<string>(nodes.SelectMany(Read), StringComparer.Ordinal);
        var sinks = nodes
            .Where(node => !read.Contains(node.Name) && node.MaxReplicas <= 1 && node.Method.Locations.Any(location => location.IsInSource))
            .Where(node => AttributeFacts.Find(node.Method, AttributeNames.When) is null && AttributeFacts.Find(node.Method, AttributeNames.Otherwise) is null)
            .Reverse()
            .ToList();
        var facts = new FixFacts();
        foreach (var sink in sinks)
        {
            facts.At(sink.Method.Locations.First(location => location.IsInSource));
        }

        return sinks.Count == 0 ? facts : facts.With(FixFacts.Nodes, string.Join(",", sinks.Select(node => node.Name)));
    }

    private static IEnumerable<string> Read(NodeDraft node) => s_readers
        .Select(name => AttributeFacts.Find(node.Method, name)?.Text(0)).OfType<string>()
        .Concat(node.Parameters.SelectMany(parameter => parameter.Sources));
}
