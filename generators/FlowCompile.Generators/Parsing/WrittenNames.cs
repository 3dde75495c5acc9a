using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Parsing;

/// <summary>Names in an attribute as written, for where the compiler gives no value.</summary>
internal static class WrittenNames
{
    /// <summary>The texts and <c>nameof</c>s among the arguments by position.</summary>
    public static IEnumerable<string> Of(AttributeSyntax? attribute) => attribute?.ArgumentList is { } arguments
        ? arguments.Arguments.Where(argument => argument.NameEquals is null).SelectMany(argument => Items(argument.Expression)).Select(Name).OfType<string>()
        : [];

    private static IEnumerable<ExpressionSyntax> Items(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        _ => [expression],
    };

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments.Count: 1 } call =>
            call.ArgumentList.Arguments[0].Expression switch
            {
                SimpleNameSyntax simple => simple.Identifier.ValueText,
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
                _ => null,
            },
        _ => null,
    };
}
