using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>
/// Reads a workflow class into the model. Generator and analyzers both read through it, so that what one accepts the other does.
/// </summary>
internal static class WorkflowParser
{
    /// <summary>Whether a declaration is the one to read a class at: the first with the attribute, should it be there twice.</summary>
    public static bool IsFirstDeclaration(INamedTypeSymbol type, SyntaxNode declaration) =>
        AttributeFacts.Find(type, AttributeNames.Workflow)?.IsOn(declaration) ?? false;

    /// <summary>Reads a class with <c>[Workflow]</c>.</summary>
    public static ParseResult Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var context = new ParseContext(type, compilation, cancellationToken);
        if (AttributeFacts.Find(type, AttributeNames.Workflow) is not { } attribute)
        {
            return new ParseResult(null, [], []);
        }

        var name = NameParser.Parse(context, attribute);
        var models = SettingParser.Models(context, attribute, type.Name);
        var budgets = SettingParser.Budgets(context, attribute, type.Name);
        var hierarchy = TypeParser.Parse(context);

        var methods = MemberFinder.Methods(type);
        var nodes = methods.Select(method => NodeParser.Parse(context, method)).OfType<NodeDraft>().ToList();
        var byName = NodeBinder.Index(context, nodes);
        var output = OutputParser.Parse(context, nodes, methods);

        // From here on edges are known; branches before the checks that ask about them, repair after the types of its edges.
        UpstreamBinder.Bind(context, byName);
        BranchBinder.Bind(context, byName);
        RepairBinder.Bind(context, byName);
        var inputs = InputBinder.Bind(context, nodes);
        CycleChecker.Check(context, name, nodes);
        var factory = FactoryParser.Parse(context);
        var scores = ScoreParser.Parse(context, methods, byName, output);

        return new ParseResult(
            context.IsBroken || hierarchy is null || output is null ? null : new WorkflowSpec(name, hierarchy, inputs, nodes.Select(node => node.Freeze()).Freeze(), output.Name)
            {
                Models = models.Freeze(),
                Budgets = budgets.Freeze(),
                Scores = scores,
                CanConstruct = TypeParser.CanConstruct(type),
                Factory = factory,
                ServicesClass = factory is not null || TypeParser.CanConstructOutside(type) ? ServicesParser.Class(type) : null,
                Access = TypeParser.Access(type),
                RunAccess = RunAccess(nodes, output),
            },
            nodes,
            context.Diagnostics);
    }

    private static WorkflowAccess RunAccess(IEnumerable<NodeDraft> nodes, NodeDraft output) => nodes
        .SelectMany(node => node.Parameters)
        .Where(parameter => parameter.Role == ParameterRole.Input)
        .Select(parameter => parameter.Symbol.Type)
        .Append(output.Result!)
        .Min(TypeParser.Access);
}
