using System.Runtime.CompilerServices;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Caching;

/// <summary>Reads workflows, and remembers for each declaration what was read at it and on what surface.</summary>
internal static class WorkflowCache
{
    private static readonly ConditionalWeakTable<SyntaxNode, Entry> s_entries = new();

    /// <summary>The workflow declared at a node: the one read before, where nothing that it depends on has changed.</summary>
    /// <param name="declaration">A declaration with attributes. The compiler keeps the nodes of files that were not edited.</param>
    /// <param name="model">The model of its file in the compilation that it is in now.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The workflow; <see langword="null"/> where the declaration is none, or one that cannot be generated.</returns>
    public static WorkflowSpec? GetOrRead(TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        var surface = DeclarationSurface.Of(model.Compilation, cancellationToken);
        if (s_entries.TryGetValue(declaration, out var known) && known.Hash == surface.Hash)
        {
            return known.Workflow;
        }

        var entry = new Entry(surface.Hash, WorkflowNames.MayHaveAttribute(declaration, surface.HasAlias) ? Read(declaration, model, cancellationToken) : null);
        lock (s_entries)
        {
            s_entries.Remove(declaration);
            s_entries.Add(declaration, entry);
        }

        return entry.Workflow;
    }

    private static WorkflowSpec? Read(TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDeclaredSymbol(declaration, cancellationToken) is { } type && WorkflowParser.IsFirstDeclaration(type, declaration)
            ? WorkflowParser.Parse(type, model.Compilation, cancellationToken).Spec
            : null;

    private sealed record Entry((ulong, ulong) Hash, WorkflowSpec? Workflow);
}
