using System.Collections.Immutable;
using System.Globalization;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Makes one of the branches the default: it runs where it did, and where no branch ran.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddDefaultBranchFix))]
public sealed class AddDefaultBranchFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(StructureDescriptors.NoDefault.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var nodes = diagnostic.Fact(FixFacts.Nodes)?.Split(',') ?? [];
            var counts = diagnostic.Fact(FixFacts.Places)?.Split(',') ?? [];
            var first = 0;
            for (var i = 0; i < nodes.Length && i < counts.Length; i++)
            {
                var count = int.Parse(counts[i], CultureInfo.InvariantCulture);
                Location[] places = [.. diagnostic.AdditionalLocations.Skip(first).Take(count)];
                first += count;
                context.Register(diagnostic, $"Make '{nodes[i]}' the default branch", $"{nameof(AddDefaultBranchFix)}.{i}", places, MakeDefault);
            }
        }

        return Task.CompletedTask;
    }

    private static SyntaxNode MakeDefault(SyntaxNode root, IReadOnlyList<Location> places) => root.ReplaceNodes(
        places.Select(place => root.Find<AttributeSyntax>(place)).OfType<AttributeSyntax>(),
        (attribute, _) => attribute.ArgumentList is { Arguments.Count: > 0 } arguments
            ? attribute
                .WithName(attribute.Name.Renamed("Otherwise"))
                .WithArgumentList(arguments.WithArguments(SyntaxFactory.SingletonSeparatedList(arguments.Arguments[0])))
            : attribute);
}
