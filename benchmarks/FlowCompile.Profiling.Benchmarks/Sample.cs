using FlowCompile.Compilation;
using FlowCompile.Settings;
using WordMath;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>The sample that everything is measured on.</summary>
internal static class Sample
{
    public static ProjectSettings Settings { get; } = ProjectSettings.Load(AppContext.BaseDirectory);

    public static WorkflowDescriptor Descriptor { get; } = DescriptorOf<MathWorkflow>();

    public static CompileOptions Options { get; } = CompileOptions.From(Settings.GetWorkflow(Descriptor.Graph.Name));

    public static IReadOnlyList<WorkflowCase> Cases(int count) =>
        [.. CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl"), Descriptor).Take(count)];

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
