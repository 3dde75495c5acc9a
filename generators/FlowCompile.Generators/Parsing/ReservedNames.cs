using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>The names of the members that are generated.</summary>
internal static class ReservedNames
{
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal) { "Graph", "Plan", "Models", "Runtime", "RunAsync", "RunStreamingAsync", "Dispatch", "GeneratedDescriptor" };

    /// <summary>Whether a generated member has the name, which the class itself and its type parameters cannot have then.</summary>
    public static bool Contains(string name) => s_names.Contains(name);

    /// <summary>Whether a member stands in the way of a generated one. Overloads of those that run the workflow may be, where they are no nodes.</summary>
    public static bool IsReserved(ISymbol member) => s_names.Contains(member.Name) && !IsGenerated(member)
        && (member.Name is not ("RunAsync" or "RunStreamingAsync") || member is not IMethodSymbol method
            || AttributeFacts.Find(method, AttributeNames.SubAgent) is not null || AttributeFacts.Find(method, AttributeNames.Tool) is not null);

    /// <summary>Whether it is a generated one itself: the analyzers see the class with its generated part.</summary>
    public static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is "FlowCompile.Generators");
}
