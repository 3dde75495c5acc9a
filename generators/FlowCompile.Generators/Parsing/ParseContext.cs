using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>What the parts of the parser share while they read one workflow.</summary>
internal sealed class ParseContext(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>The workflow class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What was found, for the analyzer; the generator only asks <see cref="IsBroken"/>.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether nothing can be generated: an error was found, or the compiler reports one that stands in the way.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where to point where nothing better is known.</summary>
    public Location TypeLocation => TypeParser.Location(Type);

    public void Report(DiagnosticDescriptor descriptor, Location? location, params object[] arguments) =>
        Report(descriptor, location, new FixFacts(), arguments);

    /// <summary>Reports, with facts for a code fix.</summary>
    public void Report(DiagnosticDescriptor descriptor, Location? location, FixFacts facts, params object[] arguments)
    {
        IsBroken |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        var isHere = location is { IsInSource: true } && Compilation.ContainsSyntaxTree(location.SourceTree);
        _diagnostics.Add(facts.Diagnose(descriptor, isHere ? location! : TypeLocation, arguments));
    }

    /// <summary>Says that the compiler itself reports what stands in the way.</summary>
    public void GiveUp() => IsBroken = true;
}
