using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Caching;

/// <summary>Tells by names alone where <c>[Workflow]</c> can stand, before anything is bound.</summary>
internal static class WorkflowNames
{
    /// <summary>Whether a declaration can have the attribute.</summary>
    /// <param name="type">The declaration.</param>
    /// <param name="hasAlias">Whether the attribute may have another name.</param>
    public static bool MayHaveAttribute(TypeDeclarationSyntax type, bool hasAlias) =>
        type.AttributeLists.Any(list => list.Attributes.Any(attribute => hasAlias || IsName(attribute.Name.GetLastToken())));

    /// <summary>Whether a file gives the attribute another name.</summary>
    public static bool HasAlias(SyntaxNode root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<UsingDirectiveSyntax>()
        .Any(directive => directive.Alias is not null && directive.DescendantTokens().Any(IsName));

    private static bool IsName(SyntaxToken token) => token.ValueText is "Workflow" or "WorkflowAttribute";
}
