using FlowCompile.Generators.Diagnostics;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds nodes by name, and says where a name is not a node's alone.</summary>
internal static class NodeBinder
{
    public static NodeIndex Index(ParseContext context, IReadOnlyList<NodeDraft> nodes)
    {
        var index = new NodeIndex(nodes);
        foreach (var node in nodes)
        {
            if (index.Find(node.Name) != node)
            {
                context.Report(WorkflowDescriptors.DuplicateNode, node.Method.LocationOr(context.TypeLocation), node.Name);
            }
        }

        ReportReservedNames(context);
        return index;
    }

    private static void ReportReservedNames(ParseContext context)
    {
        foreach (var member in context.Type.GetMembers())
        {
            if (ReservedNames.IsReserved(member))
            {
                context.Report(
                    WorkflowDescriptors.ReservedName, member.LocationOr(context.TypeLocation), member.Name, context.Type.Name);
            }
        }
    }
}
