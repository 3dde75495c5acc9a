extern alias Analyzers;

using System.Collections.Immutable;
using Analyzers::FlowCompile.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Generators.Tests.Harness;

/// <summary>Runs the analyzers.</summary>
internal static class Analysis
{
    /// <summary>What the analyzers report, their own failures included.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation, ImmutableArray<AdditionalText> files) =>
        await compilation
            .WithAnalyzers([new WorkflowAnalyzer()], new AnalyzerOptions(files))
            .GetAnalyzerDiagnosticsAsync();

    /// <summary>What the analyzers report of the code that the generator ran over.</summary>
    public static Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(this GeneratorRun run) => DiagnosticsAsync(run.Output, run.Files);
}
