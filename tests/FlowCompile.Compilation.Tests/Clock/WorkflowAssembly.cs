extern alias Generators;

using System.Reflection;
using System.Runtime.Loader;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Generator = Generators::FlowCompile.Generators;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>Workflow classes in one assembly, compiled with what the generator emits for them.</summary>
internal static class WorkflowAssembly
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);

    /// <summary>Declares, generates, compiles and loads workflows.</summary>
    /// <param name="graphs">Their graphs, each of a name of its own.</param>
    /// <returns>What the generated code says of each, by its name; nothing of those that the generator does not take.</returns>
    public static IReadOnlyDictionary<string, WorkflowDescriptor> Load(IReadOnlyCollection<WorkflowGraph> graphs)
    {
        var input = CSharpCompilation.Create(
            "Clocked",
            [CSharpSyntaxTree.ParseText(WorkflowSource.Usings, s_parse), .. graphs.Select(graph => CSharpSyntaxTree.ParseText(WorkflowSource.Write(graph), s_parse, graph.Name + ".cs"))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => !Path.GetFileName(path).StartsWith("FlowCompile.Generators", StringComparison.Ordinal))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create([new Generator.WorkflowGenerator().AsSourceGenerator()], parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        var generated = driver.GetRunResult().GeneratedTrees.Select(tree => Path.GetFileName(tree.FilePath)).ToHashSet();
        var declared = graphs.Where(graph => generated.Contains(WorkflowSource.ClassOf(graph) + ".Run.g.cs")).ToList();
        output = output.RemoveSyntaxTrees(output.SyntaxTrees.Where(tree => graphs.Except(declared).Any(graph => tree.FilePath == graph.Name + ".cs")));
        using var stream = new MemoryStream();
        Assert.Empty(output.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext("Clocked").LoadFromStream(stream);
        return declared.ToDictionary(graph => graph.Name, graph =>
        {
            var descriptor = (WorkflowDescriptor)typeof(WorkflowAssembly).GetMethod(nameof(DescriptorOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(assembly.GetType(WorkflowSource.ClassOf(graph), throwOnError: true)!).Invoke(null, null)!;
            Assert.Equal(graph.Hash, descriptor.Graph.Hash);
            return descriptor;
        });
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
