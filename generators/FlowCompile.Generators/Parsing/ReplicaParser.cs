using FlowCompile.Generators.Diagnostics;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads <c>[Replicas]</c>, and what it does not go together with.</summary>
internal static class ReplicaParser
{
    /// <summary>The most replicas or attempts: beyond it a workflow is a mistake, and a plan could not be compiled.</summary>
    public const int Most = 64;

    public static void Parse(ParseContext context, NodeDraft node)
    {
        if (AttributeFacts.Find(node.Method, AttributeNames.Replicas) is not { } attribute)
        {
            return;
        }

        var location = attribute.Location(context.CancellationToken);
        node.MinReplicas = attribute.Number(0);
        node.MaxReplicas = attribute.Number(1);
        node.HasSameSettings = attribute.Named("Same", false);
        if (node.MinReplicas < 0 || node.MaxReplicas < 1 || node.MaxReplicas < node.MinReplicas || node.MaxReplicas > Most)
        {
            context.Report(StructureDescriptors.BadReplicas, location, node.Name, node.MinReplicas, node.MaxReplicas, Most);
        }

        if (node.Kind == NodeKind.Tool)
        {
            context.Report(StructureDescriptors.Combination, location, node.Name, "[Tool] and [Replicas]", "a tool returns the same every time; remove [Replicas]");
        }

        if (node.IsOptional)
        {
            context.Report(
                StructureDescriptors.Combination, location, node.Name, "Optional and [Replicas]", "replicas from 0 make it optional; write the one or the other");
        }
    }
}
