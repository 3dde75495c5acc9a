using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Benchmarks;

/// <summary>The generator over a project of 200 workflows of 10 nodes, a file each.</summary>
public class GeneratorBenchmarks
{
    private const int Workflows = 200;

    private readonly CSharpParseOptions _options = new(LanguageVersion.Latest);
    private CSharpCompilation _compilation = null!;
    private GeneratorDriver _driver = null!;
    private SyntaxTree _tree = null!;
    private SyntaxTree[] _bodies = null!;
    private SyntaxTree[] _declarations = null!;
    private int _stroke;

    [GlobalSetup]
    public void Open()
    {
        _compilation = WorkflowProject.Create(Workflows, _options);
        _tree = _compilation.SyntaxTrees[Workflows / 2];
        _bodies = Edits("Step by step:", "Step by step: x");
        _declarations = Edits("string question, SubAgentContext", "string question2, SubAgentContext");
        _driver = NewDriver().RunGenerators(_compilation);
    }

    /// <summary>A project that is opened: nothing is known of it.</summary>
    [Benchmark]
    public object Cold() => NewDriver().RunGenerators(WorkflowProject.Create(Workflows, _options, _compilation.SyntaxTrees));

    /// <summary>One character more, or less, inside a method's body.</summary>
    [Benchmark]
    public object KeystrokeInABody() => Type(_bodies);

    /// <summary>One character more, or less, in the name of an input.</summary>
    [Benchmark]
    public object KeystrokeInADeclaration() => Type(_declarations);

    // As an editor runs it: without what only a build needs.
    private CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new WorkflowGenerator().AsSourceGenerator()], parseOptions: _options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation));

    // An editor keeps trees, and hands over a new compilation with every edit.
    private GeneratorDriver Type(SyntaxTree[] versions)
    {
        var next = versions[_stroke++ % versions.Length];
        _compilation = _compilation.ReplaceSyntaxTree(_tree, next);
        _tree = next;
        return _driver = _driver.RunGenerators(_compilation);
    }

    // A tree that has been replaced is not used again: every version is parsed anew, as from an editor's buffer.
    private SyntaxTree[] Edits(string from, string to) =>
        [.. Enumerable.Range(0, 1024).Select(i => CSharpSyntaxTree.ParseText(
            i % 2 == 0 ? _tree.ToString().Replace(from, to, StringComparison.Ordinal) : _tree.ToString(), _options, _tree.FilePath))];
}
