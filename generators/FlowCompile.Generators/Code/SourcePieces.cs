using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Code;

/// <summary>The parts of a declaration that say what it does.</summary>
internal static class SourcePieces
{
    /// <summary>The parts of a member's declaration, or those of a type that make its instances.</summary>
    public static IEnumerable<SyntaxNode> Of(SyntaxNode declaration)
    {
        IEnumerable<SyntaxNode?> pieces = declaration switch
        {
            // What has no body here gets one by its attributes, a regular expression for example.
            MethodDeclarationSyntax { Body: null, ExpressionBody: null } method => [method.ReturnType, method.ParameterList, .. method.AttributeLists],
            MethodDeclarationSyntax method => [method.ReturnType, method.ParameterList, method.Body, method.ExpressionBody],
            ConstructorDeclarationSyntax constructor => [constructor.ParameterList, constructor.Initializer, constructor.Body, constructor.ExpressionBody],
            BaseMethodDeclarationSyntax method => [method.ParameterList, method.Body, method.ExpressionBody],
            PropertyDeclarationSyntax property => [property.Type, property.AccessorList, property.ExpressionBody, property.Initializer],
            IndexerDeclarationSyntax indexer => [indexer.Type, indexer.ParameterList, indexer.AccessorList, indexer.ExpressionBody],
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var type } } variable => [type, variable],
            EnumDeclarationSyntax values => values.Members,
            TypeDeclarationSyntax type => [type.ParameterList, type.BaseList, .. type.Members.Where(member => member is PropertyDeclarationSyntax or FieldDeclarationSyntax)],
            _ => [declaration],
        };
        return pieces.OfType<SyntaxNode>();
    }

    /// <summary>Whether a field or a property is given a value where it is declared.</summary>
    public static bool HasInitializer(ISymbol member, CancellationToken cancellationToken) => member.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null });
}
