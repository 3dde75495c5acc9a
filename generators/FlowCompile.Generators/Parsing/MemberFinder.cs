using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds the methods of a workflow class, inherited ones first, each once: an override stands for what it overrides.</summary>
internal static class MemberFinder
{
    public static IReadOnlyList<IMethodSymbol> Methods(INamedTypeSymbol type)
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            levels.Push(level);
        }

        var methods = new List<IMethodSymbol>();
        foreach (var level in levels)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method)
                {
                    continue;
                }

                var overridden = methods.FindIndex(other => SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, method.OverriddenMethod?.OriginalDefinition));
                if (overridden >= 0)
                {
                    methods[overridden] = method;
                }
                else
                {
                    methods.Add(method);
                }
            }
        }

        return methods;
    }
}
