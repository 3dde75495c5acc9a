using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

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
            if (member.Name == context.Type.Name)
            {
                context.GiveUp();
            }
            else if (ReservedNames.IsReserved(member))
            {
                Report(context, member, "this member");
            }
        }

        if (ReservedNames.Contains(context.Type.Name))
        {
            Report(context, context.Type, "the class");
        }

        for (var level = context.Type; level is not null; level = level.ContainingType)
        {
            foreach (var parameter in level.TypeParameters.Where(parameter => ReservedNames.Contains(parameter.Name)))
            {
                Report(context, parameter, "the type parameter");
            }
        }
    }

    private static void Report(ParseContext context, ISymbol named, string what) =>
        context.Report(WorkflowDescriptors.ReservedName, named.LocationOr(context.TypeLocation), named.Name, context.Type.Name, what);
}
