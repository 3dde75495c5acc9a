using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Plans;

/// <summary>What is wrong with a file, for the analyzer to report; it never crosses a step of the generator.</summary>
internal sealed class FileProblem(DiagnosticDescriptor descriptor, int position, params string[] arguments)
{
    /// <summary>The diagnostic.</summary>
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    /// <summary>The index of the character it is about.</summary>
    public int Position { get; } = position;

    /// <summary>What its message names after the file.</summary>
    public string[] Arguments { get; } = arguments;
}
