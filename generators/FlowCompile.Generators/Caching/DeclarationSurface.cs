using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Caching;

/// <summary>
/// What of a compilation the reading of a workflow can depend on: every declaration of every file, the options and the references, but not
/// the bodies of methods. Two compilations of one surface have the same workflows.
/// </summary>
/// <param name="Hash">It all, as 128 bits.</param>
/// <param name="HasAlias">Whether a file may give <c>[Workflow]</c> another name.</param>
/// <remarks>
/// The compiler makes all symbols anew with every key that is pressed, and reading hundreds of workflows through them takes longer than a
/// key may. The tables below hold pure functions of immutable objects, weakly: no state of a generator's.
/// </remarks>
internal sealed record DeclarationSurface((ulong, ulong) Hash, bool HasAlias)
{
    private static readonly ConditionalWeakTable<Compilation, DeclarationSurface> s_compilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, DeclarationSurface> s_trees = new();
    private static readonly ConditionalWeakTable<object, object> s_numbers = new();
    private static long s_lastNumber;

    /// <summary>The surface of a compilation.</summary>
    public static DeclarationSurface Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_compilations.TryGetValue(compilation, out var known))
        {
            return known;
        }

        var hash = new SurfaceHash();
        hash.Add(compilation.AssemblyName ?? "");
        hash.Add(NumberOf(compilation.Options));
        foreach (var reference in compilation.References)
        {
            hash.Add(NumberOf(reference));
        }

        var hasAlias = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var surface = Of(tree, cancellationToken);
            hash.Add((long)surface.Hash.Item1);
            hash.Add((long)surface.Hash.Item2);
            hasAlias |= surface.HasAlias;
        }

        return s_compilations.GetValue(compilation, _ => new DeclarationSurface(hash.Value, hasAlias));
    }

    private static DeclarationSurface Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_trees.TryGetValue(tree, out var known))
        {
            return known;
        }

        var hash = new SurfaceHash();
        hash.Add(NumberOf(tree.Options));
        var root = tree.GetRoot(cancellationToken);
        var text = tree.GetText(cancellationToken).ToString();
        var position = 0;
        foreach (var body in Bodies(root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Add(text, position, body.SpanStart);
            hash.Add(-1);
            position = body.Span.End;
        }

        hash.Add(text, position, text.Length);
        return s_trees.GetValue(tree, _ => new DeclarationSurface(hash.Value, WorkflowNames.HasAlias(root)));
    }

    // A directive inside a body may reach beyond it, so such a body counts.
    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax)
        .SelectMany(node => node switch
        {
            BaseMethodDeclarationSyntax method => [method.Body, method.ExpressionBody],
            AccessorDeclarationSyntax accessor => [accessor.Body, accessor.ExpressionBody],
            _ => Array.Empty<SyntaxNode?>(),
        })
        .OfType<SyntaxNode>()
        .Where(body => !body.ContainsDirectives);

    /// <summary>A number that no other object has or will have.</summary>
    private static long NumberOf(object value) => (long)s_numbers.GetValue(value, _ => Interlocked.Increment(ref s_lastNumber));
}
