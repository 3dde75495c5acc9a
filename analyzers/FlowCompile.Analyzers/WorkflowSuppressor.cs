using System.Collections.Immutable;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Analyzers;

/// <summary>Takes back what other analyzers say of a workflow's methods, parameters and cases because they do not know who uses them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowSuppressor : DiagnosticSuppressor
{
    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => Suppressions.List;

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var cases = new Lazy<ISet<INamedTypeSymbol>>(() => CaseTypes.Of(context.Compilation, context.CancellationToken));
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (Suppressions.Of(diagnostic.Id) is { } suppression && SymbolAt(context, diagnostic.Location) is { } symbol && IsOfAWorkflow(suppression, symbol, cases))
            {
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
            }
        }
    }

    private static bool IsOfAWorkflow(SuppressionDescriptor suppression, ISymbol symbol, Lazy<ISet<INamedTypeSymbol>> cases) => symbol switch
    {
        IMethodSymbol method when suppression == Suppressions.StaticNode => IsNode(method),
        IMethodSymbol method when suppression == Suppressions.UnusedMember => IsNode(method) || IsScore(method),
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter when suppression == Suppressions.UnusedParameter =>
            IsScore(method) || (IsNode(method) && !parameter.Type.Is(AttributeNames.CancellationToken)),
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter when suppression == Suppressions.UncheckedParameter =>
            IsNode(method) && (parameter.Type.Is(AttributeNames.SubAgentContext) || Has(parameter, AttributeNames.From) || Has(parameter, AttributeNames.FromAny)),
        INamedTypeSymbol type when suppression == Suppressions.UnmadeType => Has(type, AttributeNames.Workflow) || cases.Value.Contains(type),
        _ => false,
    };

    private static bool IsNode(IMethodSymbol method) => Has(method, AttributeNames.SubAgent) || Has(method, AttributeNames.Tool);

    private static bool IsScore(IMethodSymbol method) => Has(method, AttributeNames.Score);

    private static bool Has(ISymbol symbol, string attribute) => AttributeFacts.Find(symbol, attribute) is not null;

    /// <summary>What is declared, or named, at a place: all rules but that of unchecked parameters report at declarations.</summary>
    private static ISymbol? SymbolAt(SuppressionAnalysisContext context, Location location)
    {
        if (location.SourceTree is not { } tree)
        {
            return null;
        }

        var node = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        var model = context.GetSemanticModel(tree);
        return node is IdentifierNameSyntax name
            ? model.GetSymbolInfo(name, context.CancellationToken).Symbol
            : model.GetDeclaredSymbol(node, context.CancellationToken);
    }
}
