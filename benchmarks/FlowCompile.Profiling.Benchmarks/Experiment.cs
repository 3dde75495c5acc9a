using System.Text;
using System.Text.Json.Nodes;
using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Settings;
using WordMath;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A workflow with the cases it is measured on.</summary>
/// <param name="Descriptor">The workflow.</param>
/// <param name="Settings">The project's settings.</param>
/// <param name="Cases">The cases.</param>
internal sealed record Experiment(WorkflowDescriptor Descriptor, ProjectSettings Settings, IReadOnlyList<WorkflowCase> Cases)
{
    /// <summary>The workflow's graph.</summary>
    public WorkflowGraph Graph => Descriptor.Graph;

    /// <summary>What its plan is compiled for.</summary>
    public CompileOptions Options => CompileOptions.From(Settings.GetWorkflow(Graph.Name));

    /// <summary>An experiment by name.</summary>
    /// <param name="workflow"><c>math</c>, the sample's, or <c>chain</c>.</param>
    /// <param name="file"><c>validate</c> or <c>test</c>, the sample's cases.</param>
    /// <param name="most">The most cases.</param>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    public static Experiment Of(string workflow, string file, int most = int.MaxValue)
    {
        var descriptor = workflow switch
        {
            "math" => DescriptorOf<MathWorkflow>(),
            "chain" => DescriptorOf<ChainWorkflow>(),
            _ => throw new ArgumentException($"There is no workflow '{workflow}'; there are math and chain.", nameof(workflow)),
        };
        var settings = Path.Combine(AppContext.BaseDirectory, ProjectSettings.FileName);
        var json = JsonNode.Parse(File.ReadAllText(settings))!;
        if (json["workflows"]!.AsObject() is var sections && !sections.ContainsKey(workflow))
        {
            sections[workflow] = sections["math"]!.DeepClone();
        }

        return new Experiment(
            descriptor,
            ProjectSettings.Parse(settings, Encoding.UTF8.GetBytes(json.ToJsonString())),
            [.. CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "data", file + ".jsonl"), descriptor).Take(most)]);
    }

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
