using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Types as text.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_code = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_name = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>A type for the model.</summary>
    public static TypeSpec Spec(ITypeSymbol type) => new(
        type.ToDisplayString(s_code),
        type.ToDisplayString(s_name),
        type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    /// <summary>A type as a message names it.</summary>
    public static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>A type as its declaration names it: with type parameters, without constraints.</summary>
    public static string Declaration(INamedTypeSymbol type) => type.Arity == 0
        ? Identifiers.EscapeType(type.Name)
        : $"{Identifiers.EscapeType(type.Name)}<{string.Join(", ", type.TypeParameters.Select(parameter => Identifiers.EscapeType(parameter.Name)))}>";

    /// <summary>A namespace as generated code declares it; empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol space) => space.IsGlobalNamespace ? "" : space.ToDisplayString(s_name);
}
