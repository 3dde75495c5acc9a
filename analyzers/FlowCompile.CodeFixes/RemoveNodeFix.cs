using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Takes an unread node out of the workflow: its method stays, its attributes go.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveNodeFix))]
public sealed class RemoveNodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(EdgeDescriptors.UnreadNode.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Fact(FixFacts.Name) is { } name && diagnostic.AdditionalLocations.Count > 0)
            {
                context.Register(diagnostic, $"Take '{name}' out of the workflow", nameof(RemoveNodeFix), diagnostic.AdditionalLocations, Remove);
            }
        }

        return Task.CompletedTask;
    }

    private static SyntaxNode Remove(SyntaxNode root, IReadOnlyList<Location> places)
    {
        var removed = new HashSet<SyntaxNode>(places.Select(place => root.Find<AttributeSyntax>(place)).OfType<AttributeSyntax>());
        var owners = removed.Select(attribute => attribute.Parent?.Parent).OfType<SyntaxNode>().Distinct();

        // What comes before an owner, its documentation above all, comes before what is left of it.
        return root.ReplaceNodes(owners, (original, rewritten) => original switch
        {
            MethodDeclarationSyntax method => ((MethodDeclarationSyntax)rewritten)
                .WithAttributeLists(((MethodDeclarationSyntax)rewritten).AttributeLists.Without((i, j) => removed.Contains(method.AttributeLists[i].Attributes[j])))
                .WithLeadingTrivia(original.GetLeadingTrivia()),
            ParameterSyntax parameter => ((ParameterSyntax)rewritten)
                .WithAttributeLists(((ParameterSyntax)rewritten).AttributeLists.Without((i, j) => removed.Contains(parameter.AttributeLists[i].Attributes[j])))
                .WithLeadingTrivia(original.GetLeadingTrivia()),
            _ => rewritten,
        });
    }
}
