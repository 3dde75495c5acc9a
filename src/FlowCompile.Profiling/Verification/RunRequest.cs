using FlowCompile.Plans;

namespace FlowCompile.Profiling;

/// <summary>A run of a whole workflow that is to be made.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Configuration">The configuration.</param>
/// <param name="Text">The configuration as text.</param>
/// <param name="Case">The case.</param>
internal sealed record RunRequest(string Key, WorkflowConfiguration Configuration, string Text, WorkflowCase Case)
{
    /// <summary>The names of the models that a configuration may call.</summary>
    public static IReadOnlyList<string> ModelsOf(WorkflowConfiguration configuration) =>
        [.. configuration.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).Distinct().Order(StringComparer.Ordinal)];
}
