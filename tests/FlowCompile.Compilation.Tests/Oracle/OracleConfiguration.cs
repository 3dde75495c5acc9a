using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>One configuration: a structure, and of each sub-agent that may be called which of its settings its calls have.</summary>
/// <param name="Wiring">The structure.</param>
/// <param name="Settings">By node, the index of the setting of each call; <see langword="null"/> where there is none.</param>
/// <param name="Subject">The same for the compiler.</param>
internal sealed record OracleConfiguration(Wiring Wiring, int[]?[] Settings, WorkflowConfiguration Subject)
{
    /// <summary>What it is known by.</summary>
    public string Key { get; } = KeyOf(Subject);

    public static string KeyOf(WorkflowConfiguration configuration) =>
        string.Join(",", configuration.Structure.Counts) + " " + string.Join(",", configuration.Settings.Select(setting => setting?.ToString() ?? "-"));
}
