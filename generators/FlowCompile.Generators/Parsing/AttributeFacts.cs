using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Parsing;

/// <summary>An attribute as applied: its values, whatever state the code is in, and where they stand.</summary>
internal sealed class AttributeFacts
{
    private readonly AttributeData _data;

    private AttributeFacts(AttributeData data) => _data = data;

    /// <summary>Finds an attribute.</summary>
    public static AttributeFacts? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(name))
            {
                return new AttributeFacts(attribute);
            }
        }

        return null;
    }

    /// <summary>A text given by position; empty where it is missing or no text.</summary>
    public string Text(int index) => Positional(index) is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : "";

    /// <summary>A number given by position; 0 where it is missing or no number.</summary>
    public int Number(int index) => Positional(index) is { Kind: TypedConstantKind.Primitive, Value: int value } ? value : 0;

    /// <summary>The values of an array, or of a <c>params</c> array, given by position.</summary>
    public ImmutableArray<TypedConstant> List(int index) => Items(Positional(index));

    /// <summary>
    /// The texts of a <c>params</c> array that is the first argument by position. One name that does not exist makes the compiler drop
    /// the whole array; the names are then read as written.
    /// </summary>
    public IEnumerable<string> Texts(CancellationToken cancellationToken) => List(0) is { IsEmpty: false } constants
        ? constants.Select(constant => constant.Value).OfType<string>()
        : WrittenNames.Of(_data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax);

    /// <summary>A named value; the default where it is not written.</summary>
    public T Named<T>(string name, T otherwise)
    {
        foreach (var argument in _data.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return otherwise;
    }

    /// <summary>The values of a named array.</summary>
    public ImmutableArray<TypedConstant> NamedList(string name)
    {
        foreach (var argument in _data.NamedArguments)
        {
            if (argument.Key == name)
            {
                return Items(argument.Value);
            }
        }

        return ImmutableArray<TypedConstant>.Empty;
    }

    /// <summary>The file it stands in.</summary>
    public SyntaxTree? Tree => _data.ApplicationSyntaxReference?.SyntaxTree;

    /// <summary>Whether the attribute stands on a declaration.</summary>
    public bool IsOn(SyntaxNode declaration) => _data.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(reference.Span);

    /// <summary>Where the attribute stands.</summary>
    public Location? Location(CancellationToken cancellationToken) => _data.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();

    /// <summary>Where an argument by position stands, else the attribute.</summary>
    public Location? ArgumentLocation(int index, CancellationToken cancellationToken) =>
        _data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax syntax
            ? (syntax.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).ElementAtOrDefault(index) ?? (SyntaxNode)syntax).GetLocation()
            : null;

    /// <summary>Where a named argument stands, else the attribute.</summary>
    public Location? ArgumentLocation(string name, CancellationToken cancellationToken) =>
        _data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax syntax
            ? (syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) ?? (SyntaxNode)syntax).GetLocation()
            : null;

    private static ImmutableArray<TypedConstant> Items(TypedConstant? constant) =>
        constant is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values : ImmutableArray<TypedConstant>.Empty;

    private TypedConstant? Positional(int index) => index < _data.ConstructorArguments.Length && _data.ConstructorArguments[index].Kind != TypedConstantKind.Error
        ? _data.ConstructorArguments[index]
        : null;
}
