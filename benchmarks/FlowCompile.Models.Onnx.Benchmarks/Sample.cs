using FlowCompile.Profiling;
using FlowCompile.Settings;
using WordMath;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>The sample that everything is measured on.</summary>
internal static class Sample
{
    public static ProjectSettings Settings { get; } = ProjectSettings.Load(AppContext.BaseDirectory);

    public static WorkflowDescriptor Descriptor { get; } = DescriptorOf<MathWorkflow>();

    public static IReadOnlyList<WorkflowCase> Cases(int count) =>
        [.. CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "validate.jsonl"), Descriptor).Take(count)];

    public static IReadOnlyList<string> Problems(int count) => [.. Cases(count).Select(one => (string)one.Inputs[0]!)];

    private static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;
}
