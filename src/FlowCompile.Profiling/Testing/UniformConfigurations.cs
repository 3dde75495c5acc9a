using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Settings;

namespace FlowCompile.Profiling.Testing;

/// <summary>The configurations somebody would choose without a compiler: the largest structure, one setting everywhere.</summary>
public static class UniformConfigurations
{
    /// <summary>Lists them: one for each setting that every sub-agent may run under.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="settings">The project's settings.</param>
    /// <returns>The configurations, by model and budget, their ids <c>uniform-</c> and the setting; none where the sub-agents share no setting.</returns>
    /// <exception cref="ProfileException">A sub-agent names a model that the project does not have.</exception>
    public static IReadOnlyList<WorkflowConfiguration> Of(WorkflowDescriptor descriptor, ProjectSettings settings)
    {
        var space = new SettingSpace(descriptor, settings);
        var largest = new StructureSpace(descriptor.Graph).Largest;
        return [.. space.Common(largest).Select(setting => new WorkflowConfiguration($"uniform-{setting}", largest, space.SettingsUnder(setting, largest)))];
    }
}
