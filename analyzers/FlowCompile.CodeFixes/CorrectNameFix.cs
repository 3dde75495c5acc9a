using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Replaces the name of a node or a model that does not exist by the nearest that does. <c>nameof</c> stays <c>nameof</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectNameFix))]
public sealed class CorrectNameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        EdgeDescriptors.UnknownUpstream.Id,
        StructureDescriptors.BadTest.Id,
        StructureDescriptors.BadRouter.Id,
        SettingDescriptors.UnknownModel.Id,
        ScoreDescriptors.UnknownNode.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Fact(FixFacts.Name) is { } name && diagnostic.Fact(FixFacts.Nearest) is { } nearest
                && root?.Find<AttributeSyntax>(diagnostic.Location) is { } attribute
                && attribute.DescendantNodes(diagnostic.Location.SourceSpan).OfType<ExpressionSyntax>().FirstOrDefault(node => Names(node, name) && CanBe(node, nearest)) is { } written)
            {
                context.Register(diagnostic, $"Use '{nearest}'", nameof(CorrectNameFix), root, root => root.ReplaceNode(written, Corrected(written, nearest)));
            }
        }
    }

    private static bool Names(ExpressionSyntax node, string name) => node switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText == name,
        SimpleNameSyntax simple => IsLastInNameOf(simple) && simple.Identifier.ValueText == name,
        _ => false,
    };

    // A model's name need not be one that nameof takes, and what follows a name would go into the code as it is.
    private static bool CanBe(ExpressionSyntax node, string nearest) => node is LiteralExpressionSyntax || SyntaxFacts.IsValidIdentifier(nearest);

    private static bool IsLastInNameOf(SimpleNameSyntax name)
    {
        var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (SyntaxNode)access : name;
        return whole.Parent is ArgumentSyntax
        {
            Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } },
        };
    }

    private static ExpressionSyntax Corrected(ExpressionSyntax written, string name) => written is LiteralExpressionSyntax
        ? SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(written)
        : SyntaxFactory.ParseName(SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name).WithTriviaFrom(written);
}
