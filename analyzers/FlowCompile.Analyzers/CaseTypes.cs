using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers;

/// <summary>Finds the types that only reading a case makes.</summary>
internal static class CaseTypes
{
    /// <summary>The case types of all workflows of a project, and the types of their properties.</summary>
    public static ISet<INamedTypeSymbol> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var spaces = new Stack<INamespaceOrTypeSymbol>();
        spaces.Push(compilation.Assembly.GlobalNamespace);
        while (spaces.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in spaces.Pop().GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                spaces.Push(member);
                if (member is INamedTypeSymbol type && AttributeFacts.Find(type, AttributeNames.Workflow) is not null)
                {
                    var scores = MemberFinder.Methods(type).Where(method => AttributeFacts.Find(method, AttributeNames.Score) is not null);
                    foreach (var parameter in scores.Select(score => score.Parameters.FirstOrDefault()).OfType<IParameterSymbol>())
                    {
                        Add(parameter.Type, compilation.Assembly, found);
                    }
                }
            }
        }

        return found;
    }

    private static void Add(ITypeSymbol type, IAssemblySymbol assembly, HashSet<INamedTypeSymbol> found)
    {
        if (type is IArrayTypeSymbol array)
        {
            Add(array.ElementType, assembly, found);
        }

        if (type is not INamedTypeSymbol named)
        {
            return;
        }

        foreach (var argument in named.TypeArguments)
        {
            Add(argument, assembly, found);
        }

        if (SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, assembly) && found.Add(named.OriginalDefinition))
        {
            foreach (var property in named.GetMembers().OfType<IPropertySymbol>())
            {
                Add(property.Type, assembly, found);
            }
        }
    }
}
