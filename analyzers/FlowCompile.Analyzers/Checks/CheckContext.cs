using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Analyzers.Checks;

/// <summary>What the checks of one workflow share.</summary>
internal sealed class CheckContext(SymbolAnalysisContext context, INamedTypeSymbol type, IReadOnlyList<NodeDraft> nodes, ProjectFiles files)
{
    public INamedTypeSymbol Type { get; } = type;

    public IReadOnlyList<NodeDraft> Nodes { get; } = nodes;

    public ProjectFiles Files { get; } = files;

    public CancellationToken CancellationToken => context.CancellationToken;

    /// <summary>Where the class is declared.</summary>
    public Location TypeLocation => TypeParser.Location(Type);

    /// <summary>Where a node is declared, else the class.</summary>
    public Location LocationOf(string node) => InSource(Nodes.FirstOrDefault(draft => draft.Name == node)?.Method.LocationOr(TypeLocation));

    public void Report(DiagnosticDescriptor descriptor, Location? location, params object[] arguments) =>
        Report(descriptor, location, new FixFacts(), arguments);

    /// <summary>Reports, with facts for a code fix.</summary>
    public void Report(DiagnosticDescriptor descriptor, Location? location, FixFacts facts, params object[] arguments) =>
        context.ReportDiagnostic(facts.Diagnose(descriptor, InSource(location), arguments));

    public void Report(Diagnostic diagnostic) => context.ReportDiagnostic(diagnostic);

    // A base class may be another project's.
    private Location InSource(Location? location) =>
        location is { IsInSource: true } && context.Compilation.ContainsSyntaxTree(location.SourceTree) ? location : TypeLocation;
}
