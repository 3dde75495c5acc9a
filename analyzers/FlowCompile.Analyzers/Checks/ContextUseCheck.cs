using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Finds sub-agents that never use their context.</summary>
internal static class ContextUseCheck
{
    public static void Check(CheckContext context)
    {
        foreach (var node in context.Nodes.Where(node => node.Kind == NodeKind.SubAgent))
        {
            if (node.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Context)?.Symbol is { } parameter && !IsUsed(node.Method, parameter, context.CancellationToken))
            {
                context.Report(NodeDescriptors.UnusedContext, parameter.LocationOr(context.TypeLocation), node.Name, parameter.Name);
            }
        }
    }

    private static bool IsUsed(IMethodSymbol method, IParameterSymbol parameter, CancellationToken cancellationToken)
    {
        var declarations = new[] { method, method.PartialImplementationPart }.OfType<IMethodSymbol>()
            .SelectMany(part => part.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<MethodDeclarationSyntax>()
            .ToList();

        // Without a body in this project nothing can be said.
        var bodies = declarations.Select(declaration => (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody).OfType<SyntaxNode>().ToList();
        return bodies.Count == 0
            || bodies.Any(body => body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parameter.Name));
    }
}
