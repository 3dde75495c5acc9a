using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowCompile.CodeFixes;

/// <summary>Adds a score method, and the type of its cases where there is none yet.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddScoreFix))]
public sealed class AddScoreFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ScoreDescriptors.NoScore.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Fact(FixFacts.Type) is { } output && root?.Find<TypeDeclarationSyntax>(diagnostic.Location) is { } type
                && !type.OpenBraceToken.IsKind(SyntaxKind.None))
            {
                var members = Members(diagnostic, output, EndOfLine(root)).ToArray();
                context.Register(diagnostic, "Add a score method", nameof(AddScoreFix), root, root => root.ReplaceNode(type, type.AddMembers(members)));
            }
        }
    }

    private static IEnumerable<MemberDeclarationSyntax> Members(Diagnostic diagnostic, string output, SyntaxTrivia endOfLine)
    {
        var access = diagnostic.Fact(FixFacts.Access);
        if (diagnostic.Fact(FixFacts.CaseType) is { } caseType)
        {
            // What of a case is right, its type alone does not say.
            yield return Member($"[Score]\n{access} static double Score({caseType} expected, {output} output) => throw new global::System.NotImplementedException();", endOfLine);
            yield break;
        }

        var name = diagnostic.Fact(FixFacts.CaseName);
        yield return Member($"[Score]\n{access} static double Score({name} expected, {output} output) => Equals(output, expected.Expected) ? 1 : 0;", endOfLine);
        yield return Member($"{access} sealed record {name}({diagnostic.Fact(FixFacts.CaseMembers)});", endOfLine);
    }

    private static MemberDeclarationSyntax Member(string text, SyntaxTrivia endOfLine)
    {
        var member = SyntaxFactory.ParseMemberDeclaration(text.Replace("\n", endOfLine.ToString()))!;
        return member
            .WithLeadingTrivia(endOfLine)
            .WithTrailingTrivia(endOfLine)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }

    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var found && found.IsKind(SyntaxKind.EndOfLineTrivia)
            ? found
            : SyntaxFactory.EndOfLine("\n");
}
