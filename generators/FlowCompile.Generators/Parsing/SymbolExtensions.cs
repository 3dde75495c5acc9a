using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Parsing;

internal static class SymbolExtensions
{
    /// <summary>Whether a type has a full name, its type parameters aside.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName)
    {
        if (type is null || !fullName.EndsWith(type.Name, StringComparison.Ordinal) || type.ContainingType is not null)
        {
            return false;
        }

        // Compares the name from its end, without making a string for every type that is asked about.
        var end = fullName.Length - type.Name.Length;
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            end -= space.Name.Length + 1;
            if (end < 0 || fullName[end + space.Name.Length] != '.' || string.CompareOrdinal(fullName, end, space.Name, 0, space.Name.Length) != 0)
            {
                return false;
            }
        }

        return end == 0;
    }

    /// <summary>Whether the type, or one it derives from or implements, cannot be resolved: the compiler says so itself.</summary>
    public static bool IsBroken(this ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => array.ElementType.IsBroken(),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => argument.IsBroken()),
        _ => false,
    };

    /// <summary>Whether a value of the type is accepted for the other: the same, a base, an interface, or its nullable.</summary>
    public static bool Fits(this ITypeSymbol type, ITypeSymbol parameter, Compilation compilation)
    {
        var conversion = ((CSharpCompilation)compilation).ClassifyConversion(type, parameter);
        return conversion.IsIdentity
            || (conversion.IsImplicit && (conversion.IsReference || conversion.IsBoxing))
            || (parameter is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
                && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], type));
    }

    /// <summary>Whether the method can be called from a type that has it as a member.</summary>
    public static bool IsCallableFrom(this ISymbol member, INamedTypeSymbol type, Compilation compilation) =>
        compilation.IsSymbolAccessibleWithin(member, type);

    /// <summary>Whether using the symbol is an error, which no generated code can turn off.</summary>
    public static bool IsForbidden(this ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass.Is(AttributeNames.Obsolete) && attribute.ConstructorArguments.ElementAtOrDefault(1).Value is true);

    /// <summary>Where a symbol is declared in source, else the place given.</summary>
    public static Location LocationOr(this ISymbol symbol, Location fallback) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? fallback;
}
