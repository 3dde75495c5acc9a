using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Tests.Harness;

/// <summary>A compilation that the generator ran over, and ran over again after an unrelated edit: what a test looks at.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FlowCompile.Generators", StringComparison.Ordinal))
            .Where(path => !Path.GetFileName(path).StartsWith("FlowCompile.Analyzers", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private GeneratorRun(CSharpCompilation input, ImmutableArray<AdditionalText> files)
    {
        Input = input;
        Files = files;
        Result = Create(IncrementalGeneratorOutputKind.None).RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics).GetRunResult().Results.Single();
        Driver = Create(IncrementalGeneratorOutputKind.Implementation).RunGenerators(input);
        Output = output;
        GeneratorDiagnostics = diagnostics;

        // Whatever a test is about, these hold.
        Assert.Null(Result.Exception);
        CacheCheck.AssertFreeOfTheCompiler(Result);
        CacheCheck.AssertNothingIsMadeAgain(Driver, CacheCheck.WithUnrelatedEdit(input));
    }

    public CSharpCompilation Input { get; }

    public Compilation Output { get; }

    public ImmutableArray<AdditionalText> Files { get; }

    /// <summary>The generator as an editor runs it: without what only a build needs.</summary>
    public GeneratorDriver Driver { get; }

    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    /// <summary>What a build gives.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Generated =>
        Result.GeneratedSources.IsDefault ? new Dictionary<string, string>() : Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>Runs the generator over sources.</summary>
    public static GeneratorRun Over(string source, params TextFile[] files) => Over([source], files);

    /// <summary>Runs the generator over sources.</summary>
    public static GeneratorRun Over(string[] sources, params TextFile[] files) => new(Compile(sources), [.. files]);

    /// <summary>Compiles sources without the generator.</summary>
    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Tested",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, s_parse, $"Source{i}.cs")),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));

    public static CSharpParseOptions ParseOptions => s_parse;

    /// <summary>Requires that generated and written code compile without a warning.</summary>
    public GeneratorRun AssertCompiles()
    {
        Assert.Empty(GeneratorDiagnostics);
        Assert.Empty(Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return this;
    }

    /// <summary>Compiles and loads what was written and generated.</summary>
    public Assembly Load()
    {
        AssertCompiles();
        using var stream = new MemoryStream();
        Assert.True(Output.Emit(stream).Success);
        stream.Position = 0;
        return new AssemblyLoadContext("Tested").LoadFromStream(stream);
    }

    private CSharpGeneratorDriver Create(IncrementalGeneratorOutputKind without) => CSharpGeneratorDriver.Create(
        [new WorkflowGenerator().AsSourceGenerator()], Files, s_parse, driverOptions: new GeneratorDriverOptions(without, trackIncrementalGeneratorSteps: true));
}
