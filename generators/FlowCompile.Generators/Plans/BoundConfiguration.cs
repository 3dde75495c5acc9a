using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A configuration that is known to be one of the workflow's graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, where it has one.</param>
/// <param name="Counts">For each node, by index, its calls.</param>
/// <param name="Settings">The settings of the sub-agents that run, in the order of the nodes.</param>
/// <param name="Estimate">What it is expected to do; <see langword="null"/> for the default configuration.</param>
internal sealed record BoundConfiguration(
    string Id, string? Name, EquatableArray<int> Counts, EquatableArray<BoundSetting> Settings, BoundEstimate? Estimate)
{
    /// <summary>The configuration as text, as the library writes it.</summary>
    public string ToText(WorkflowSpec workflow) => string.Join(" ", Settings.Select(setting =>
        Counts[setting.Node] == 1 ? $"{workflow.Nodes[setting.Node].Name}={setting}" : $"{workflow.Nodes[setting.Node].Name}*{Counts[setting.Node]}={setting}"));
}
