using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Starts of the names of generated files. No two workflows share one, though the compiler compares such names whatever their letter case.</summary>
internal static class HintNames
{
    /// <summary>The start for a workflow class: its full name, containing types and arities included.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        var parts = new Stack<string>();
        for (INamespaceOrTypeSymbol? level = type; level is not (null or INamespaceSymbol { IsGlobalNamespace: true }); level = Container(level))
        {
            parts.Push(Part(level));
        }

        return string.Join(".", parts);
    }

    // A brace is in no name, so neither mark makes a name that another declaration has.
    private static string Part(INamespaceOrTypeSymbol level)
    {
        var spellings = Container(level)!.GetMembers()
            .Select(member => member.Name)
            .Where(name => string.Equals(name, level.Name, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
        var arity = level is INamedTypeSymbol { Arity: > 0 and var count } ? $"{{{count}}}" : "";
        var spelling = spellings.IndexOf(level.Name);
        return level.Name + arity + (spelling > 0 ? $"({spelling + 1})" : "");
    }

    private static INamespaceOrTypeSymbol? Container(INamespaceOrTypeSymbol level) => (INamespaceOrTypeSymbol?)level.ContainingType ?? level.ContainingNamespace;
}
