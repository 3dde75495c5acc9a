using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowCompile.CodeFixes;

/// <summary>Gives a parameter the type of what it receives.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangeTypeFix))]
public sealed class ChangeTypeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(EdgeDescriptors.MistypedUpstream.Id, EdgeDescriptors.NullableUpstream.Id, EdgeDescriptors.NotAList.Id, ScoreDescriptors.BadOutput.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Fact(FixFacts.Type) is { } type
                && root?.Find<ParameterSyntax>(diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0] : diagnostic.Location) is { Type: { } written } parameter)
            {
                var fitting = SyntaxFactory.ParseTypeName(type).WithTriviaFrom(written).WithAdditionalAnnotations(Simplifier.Annotation);
                context.Register(
                    diagnostic,
                    $"Change the type of '{parameter.Identifier.ValueText}' to what it receives",
                    nameof(ChangeTypeFix),
                    root,
                    root => root.ReplaceNode(written, fitting));
            }
        }
    }
}
