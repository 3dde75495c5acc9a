using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Looks at the workflow's metric: whether there is one, and whether its case has the workflow's inputs.</summary>
internal static class ScoreCheck
{
    public static void Check(CheckContext context, WorkflowSpec workflow)
    {
        if (workflow.Scores.All(score => score.Node is not null))
        {
            context.Report(ScoreDescriptors.NoScore, context.TypeLocation, ScoreFacts.Of(context, workflow, CaseType(context)), workflow.Name, workflow.OutputNode.Result.Name);
        }

        if (CaseType(context) is not { } type || !HasKnownMembers(type))
        {
            return;
        }

        var members = new HashSet<string>(Members(type), StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in context.Nodes)
        {
            foreach (var parameter in node.Parameters.Where(parameter => parameter.Role == ParameterRole.Input && !members.Contains(parameter.Symbol.Name)))
            {
                if (seen.Add(parameter.Symbol.Name))
                {
                    context.Report(
                        EdgeDescriptors.UnknownInput,
                        parameter.Symbol.LocationOr(context.TypeLocation),
                        parameter.Symbol.Name,
                        node.Name,
                        TypeNames.Text(type));
                }
            }
        }
    }

    private static ITypeSymbol? CaseType(CheckContext context) => MemberFinder.Methods(context.Type)
        .FirstOrDefault(method => AttributeFacts.Find(method, AttributeNames.Score) is not null)?.Parameters[0].Type;

    // A dictionary or a JSON document has whatever members a case has.
    private static bool HasKnownMembers(ITypeSymbol type) =>
        type.SpecialType == SpecialType.None && type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
        && !(type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) ?? true)
        && !type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static IEnumerable<string> Members(ITypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol && member.DeclaredAccessibility == Accessibility.Public))
            {
                yield return member.Name;
                foreach (var attribute in member.GetAttributes())
                {
                    if (attribute.AttributeClass?.Name == "JsonPropertyNameAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is string name)
                    {
                        yield return name;
                    }
                }
            }
        }
    }
}
