using FlowCompile.Generators.Diagnostics;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads a method into a node, where it is one.</summary>
internal static class NodeParser
{
    private static readonly string[] s_needNode =
        [AttributeNames.Output, AttributeNames.Replicas, AttributeNames.RetryUntil, AttributeNames.When, AttributeNames.Otherwise];

    public static NodeDraft? Parse(ParseContext context, IMethodSymbol method)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var subAgent = AttributeFacts.Find(method, AttributeNames.SubAgent);
        var tool = AttributeFacts.Find(method, AttributeNames.Tool);
        if ((subAgent ?? tool) is not { } attribute)
        {
            ReportStrayAttributes(context, method);
            return null;
        }

        var node = new NodeDraft(method, subAgent is null ? NodeKind.Tool : NodeKind.SubAgent, attribute);
        var location = method.LocationOr(context.TypeLocation);
        if (subAgent is not null && tool is not null)
        {
            context.Report(NodeDescriptors.BothKinds, location, node.Name);
        }

        if (Obstacle(context, method) is { } obstacle)
        {
            context.Report(NodeDescriptors.BadMethod, location, node.Name, obstacle);
        }

        ResultParser.Parse(context, node);
        ParameterParser.Parse(context, node);
        if (subAgent is not null)
        {
            node.IsOptional = subAgent.Named("Optional", false);
            node.Models = SettingParser.Models(context, subAgent, node.Name);
            node.Budgets = SettingParser.Budgets(context, subAgent, node.Name);
            node.Temperature = SettingParser.Temperature(context, subAgent, node.Name);
        }

        ReplicaParser.Parse(context, node);
        return node;
    }

    private static string? Obstacle(ParseContext context, IMethodSymbol method) => method switch
    {
        { IsGenericMethod: true } => "it is generic; remove its type parameters",
        { IsAbstract: true } => "it is abstract; give it a body",
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "it implements an interface explicitly; make it an ordinary method",
        _ when method.IsForbidden() => "[Obsolete] makes its use an error; remove 'true' there, or [SubAgent] or [Tool]",
        _ when !method.IsCallableFrom(context.Type, context.Compilation) => $"'{context.Type.Name}' has no access to it; make it protected, internal or public",
        _ => null,
    };

    private static void ReportStrayAttributes(ParseContext context, IMethodSymbol method)
    {
        if (method.GetAttributes().IsEmpty)
        {
            return;
        }

        foreach (var name in s_needNode)
        {
            if (AttributeFacts.Find(method, name) is { } stray)
            {
                var shortName = name.Substring("FlowCompile.".Length, name.Length - "FlowCompile.".Length - "Attribute".Length);
                context.Report(NodeDescriptors.NotANode, stray.Location(context.CancellationToken), shortName, method.Name);
            }
        }
    }
}
