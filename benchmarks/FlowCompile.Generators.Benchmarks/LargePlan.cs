extern alias Library;

using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using FlowCompile.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using WorkflowGraph = Library::FlowCompile.Graph.WorkflowGraph;

namespace FlowCompile.Generators.Benchmarks;

/// <summary>What a plan of many configurations adds to a build, and to the start of a program: processor time, and memory that is allocated.</summary>
internal static class LargePlan
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest);

    /// <summary>Builds a workflow without a plan, and with plans of so many configurations, and uses each plan.</summary>
    /// <param name="sizes">The numbers of configurations.</param>
    public static void Run(params int[] sizes)
    {
        var plain = Build(null, write: false);
        var graph = (WorkflowGraph)plain.GetProperty("Graph")!.GetValue(null)!;
        var whole = (WorkflowConfiguration)plain.GetNestedType("Plan")!.GetProperty("Default")!.GetValue(null)!;
        foreach (var size in sizes)
        {
            var type = Build(Encoding.UTF8.GetString(PlanFile.Serialize(PlanOf(whole, graph, size), graph)), write: true);
            WorkflowPlan? plan = null;
            Measure("start", () => plan = (WorkflowPlan)type.GetNestedType("Plan")!.GetProperty("Compiled")!.GetValue(null)!);
            Measure("first choice within a limit", () => plan!.Select(Preference.MostAccurate with { MaxLatency = TimeSpan.FromSeconds(1) }));
        }
    }

    private static Type Build(string? plan, bool write)
    {
        var compilation = WorkflowProject.Create(1, s_options).WithAssemblyName("Plan" + Guid.NewGuid().ToString("N"));
        AdditionalText[] files = plan is null ? [] : [new PlanText(plan)];
        Compilation generated = compilation;
        ImmutableArray<Diagnostic> diagnostics = [];
        using var assembly = new MemoryStream();
        Measure(write ? "generate" : null, () => CSharpGeneratorDriver.Create([new WorkflowGenerator().AsSourceGenerator()], files, s_options)
            .RunGeneratorsAndUpdateCompilation(compilation, out generated, out diagnostics));
        if (diagnostics is [var first, ..])
        {
            throw new InvalidOperationException(first.ToString());
        }

        Measure(write ? "compile" : null, () => _ = generated.Emit(assembly).Success ? true : throw new InvalidOperationException("The project does not compile."));
        return Assembly.Load(assembly.ToArray()).GetType("Project.Part0.AnswerWorkflow")!;
    }

    private static WorkflowPlan PlanOf(WorkflowConfiguration whole, WorkflowGraph graph, int size)
    {
        var random = new Random(1);
        return new WorkflowPlan(graph.Name, graph.Hash, "paired", "parallel", [.. Enumerable.Range(0, size).Select(i => ConfigurationOf(whole, i, random))], null);
    }

    private static WorkflowConfiguration ConfigurationOf(WorkflowConfiguration whole, int place, Random random)
    {
        var latency = 0.1 + (place * 0.001);
        CallSettings?[] settings = [.. whole.Settings];
        return new WorkflowConfiguration(string.Create(CultureInfo.InvariantCulture, $"c{place:00000}"), whole.Structure, settings, new Estimate
        {
            Accuracy = 1 - (0.5 / (1 + (place * 0.01))),
            LatencySeconds = latency,
            LatencyP50Seconds = latency,
            LatencyP95Seconds = 1.5 * latency,
            RightLatency = new LatencyQuantiles([.. Enumerable.Range(0, 41).Select(_ => Math.Round(latency * (0.5 + random.NextDouble()), 6)).Order()]),
        });
    }

    private static void Measure(string? name, Action run)
    {
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        run();
        if (name is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - allocated) / 1e6:0.0} MB allocated"));
        }
    }

    private sealed class PlanText(string text) : AdditionalText
    {
        public override string Path => "/project/answers-0.flowplan.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
