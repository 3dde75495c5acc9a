using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.CodeFixes;

/// <summary>Makes a node that nobody reads the workflow's output.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOutputFix))]
public sealed class AddOutputFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(WorkflowDescriptors.NoOutput.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var nodes = diagnostic.Fact(FixFacts.Nodes)?.Split(',') ?? [];
            for (var i = 0; i < nodes.Length && i < diagnostic.AdditionalLocations.Count; i++)
            {
                context.Register(
                    diagnostic,
                    $"Make '{nodes[i]}' the output",
                    // The last node is the likeliest; the choices are told apart by their place, so that one choice can be made everywhere.
                    $"{nameof(AddOutputFix)}.{i}",
                    [diagnostic.AdditionalLocations[i]],
                    (root, places) => root.Find<MethodDeclarationSyntax>(places[0]) is { } method ? root.ReplaceNode(method, WithOutput(method)) : root);
            }
        }

        return Task.CompletedTask;
    }

    private static MethodDeclarationSyntax WithOutput(MethodDeclarationSyntax method)
    {
        var list = method.AttributeLists.FirstOrDefault(list => list.Attributes.Any(attribute => attribute.HasName("SubAgent") || attribute.HasName("Tool")));
        return list is null ? method : method.ReplaceNode(list, list.WithAttributes(list.Attributes.AddAfter("Output")));
    }
}
