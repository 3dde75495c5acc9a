using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds the output node.</summary>
internal static class OutputParser
{
    public static NodeDraft? Parse(ParseContext context, IReadOnlyList<NodeDraft> nodes, IReadOnlyList<IMethodSymbol> methods)
    {
        var outputs = nodes.Where(node => AttributeFacts.Find(node.Method, AttributeNames.Output) is not null).ToList();
        if (outputs.Count == 0)
        {
            // An [Output] on a method that is no node has been reported as such.
            if (!methods.Any(method => AttributeFacts.Find(method, AttributeNames.Output) is not null))
            {
                context.Report(WorkflowDescriptors.NoOutput, context.TypeLocation, context.Type.Name);
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
}
