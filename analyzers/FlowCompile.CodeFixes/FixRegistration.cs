using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FlowCompile.CodeFixes;

/// <summary>Registers fixes as changes of the syntax at places that the diagnostic names.</summary>
internal static class FixRegistration
{
    /// <summary>Registers a fix of the document that the diagnostic is in.</summary>
    public static void Register(this CodeFixContext context, Diagnostic diagnostic, string title, string key, SyntaxNode root, Func<SyntaxNode, SyntaxNode> change) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(change(root))), key),
            diagnostic);

    /// <summary>Registers a fix of whatever documents the places are in: a workflow may be declared over several files.</summary>
    public static void Register(
        this CodeFixContext context, Diagnostic diagnostic, string title, string key, IReadOnlyList<Location> places, Func<SyntaxNode, IReadOnlyList<Location>, SyntaxNode> change) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, cancellationToken => ChangeAsync(context.Document.Project, places, change, cancellationToken), key),
            diagnostic);

    /// <summary>The node at a place, or the nearest around it, of a kind.</summary>
    public static T? Find<T>(this SyntaxNode root, Location place)
        where T : SyntaxNode =>
        root.FullSpan.Contains(place.SourceSpan) ? root.FindNode(place.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>() : null;

    /// <summary>What a diagnostic tells under a key.</summary>
    public static string? Fact(this Diagnostic diagnostic, string key) => diagnostic.Properties.TryGetValue(key, out var value) ? value : null;

    private static async Task<Solution> ChangeAsync(
        Project project, IReadOnlyList<Location> places, Func<SyntaxNode, IReadOnlyList<Location>, SyntaxNode> change, CancellationToken cancellationToken)
    {
        var solution = project.Solution;
        foreach (var inOneFile in places.GroupBy(place => place.GetLineSpan().Path, StringComparer.Ordinal))
        {
            var document = solution.GetDocument(inOneFile.First().SourceTree)
                ?? project.Documents.FirstOrDefault(document => document.FilePath == inOneFile.Key);
            if (document is not null && await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
            {
                solution = solution.WithDocumentSyntaxRoot(document.Id, change(root, [.. inOneFile]));
            }
        }

        return solution;
    }
}
