using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Code;

/// <summary>
/// Writes the source of methods and of all that they refer to within their assembly, transitively: the words, without white space, comments, attributes and
/// modifiers. An edit of a member that is not referred to leaves the text as it is.
/// </summary>
internal sealed class NodeSource(Compilation compilation, INamedTypeSymbol workflow, CancellationToken cancellationToken)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<ISymbol> _reached = new(SymbolEqualityComparer.Default);
    private readonly Queue<ISymbol> _waiting = new();

    public string Write(IEnumerable<IMethodSymbol> methods)
    {
        foreach (var method in methods)
        {
            Reach(method);
        }

        while (_waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteMember(_waiting.Dequeue());
        }

        return _text.ToString();
    }

    private void WriteMember(ISymbol member)
    {
        _text.Append(member.Kind).Append(' ').Append(member.ContainingType?.MetadataName).Append(' ').Append(member.MetadataName).Append('\n');
        var parts = member is IMethodSymbol method ? new ISymbol?[] { method, method.PartialDefinitionPart, method.PartialImplementationPart } : [member];
        foreach (var declaration in parts.OfType<ISymbol>().SelectMany(part => part.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax(cancellationToken)))
        {
            var model = compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (var piece in SourcePieces.Of(declaration))
            {
                WriteWords(piece);
                ReachWhatItNames(piece, model);
            }
        }
    }

    private void WriteWords(SyntaxNode piece)
    {
        foreach (var token in piece.DescendantTokens(node => node == piece || node is not AttributeListSyntax))
        {
            _text.Append(token.Text.Length).Append(':').Append(token.Text).Append(' ');
        }

        _text.Append('\n');
    }

    private void ReachWhatItNames(SyntaxNode piece, SemanticModel model)
    {
        foreach (var node in piece.DescendantNodesAndSelf(node => node == piece || node is not AttributeListSyntax))
        {
            if (node is ForEachStatementSyntax loop)
            {
                var each = model.GetForEachStatementInfo(loop);
                Reach(each.GetEnumeratorMethod);
                Reach(each.MoveNextMethod);
                Reach(each.CurrentProperty);
            }

            if (node is ExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax)
            {
                var symbol = model.GetSymbolInfo(node, cancellationToken).Symbol;
                Reach(symbol is INamedTypeSymbol { TypeKind: not TypeKind.Enum } && node.Parent is not TypeArgumentListSyntax ? null : symbol);
            }

            if (node is ExpressionSyntax expression && model.GetConversion(expression, cancellationToken) is { IsUserDefined: true, MethodSymbol: { } conversion })
            {
                Reach(conversion);
            }
        }
    }

    private void Reach(ISymbol? symbol)
    {
        symbol = symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } => null,
            IMethodSymbol { ReducedFrom: { } extension } => extension.OriginalDefinition,
            IMethodSymbol { AssociatedSymbol: { } owner } => owner.OriginalDefinition,
            IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } values } => values,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol or INamedTypeSymbol => symbol.OriginalDefinition,
            _ => null,
        };
        if (symbol is null || !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) || !_reached.Add(symbol))
        {
            return;
        }

        _waiting.Enqueue(symbol);
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } created } && !SymbolEqualityComparer.Default.Equals(created, workflow))
        {
            ReachWhatIsMade(created);
        }
    }

    // What a new instance starts with, and what is called on it without being named.
    private void ReachWhatIsMade(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && !member.IsStatic))
        {
            if (member is IMethodSymbol { IsOverride: true } || (member is IFieldSymbol or IPropertySymbol && SourcePieces.HasInitializer(member, cancellationToken)))
            {
                Reach(member);
            }
        }
    }
}
