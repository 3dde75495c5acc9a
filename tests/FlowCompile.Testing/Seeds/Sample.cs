using FlowCompile.Settings;

namespace FlowCompile.Testing.Seeds;

/// <summary>The sample whose files are the seeds.</summary>
internal static class Sample
{
    /// <summary>Where it is in the repository.</summary>
    public const string Folder = "samples/WordMath";

    /// <summary>The descriptor of a workflow.</summary>
    public static WorkflowDescriptor DescriptorOf<T>()
        where T : IWorkflow => T.Descriptor;

    /// <summary>Its settings with one model and few budgets: enough for a profile that is made in a moment.</summary>
    public static ProjectSettings Small() => ProjectSettings.Parse(
        Repository.File($"{Folder}/flowcompile.json"),
        """{ "models": { "nano": { "onnx": "models/nano", "device": "cpu" } }, "budgets": [0, 8], "workflows": { "math": { "cases": "data/validate.jsonl" } } }"""u8);
}
