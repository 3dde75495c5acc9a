using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>The settings each sub-agent of a workflow may run under: those of the node, else of the workflow, else of <c>flowcompile.json</c>.</summary>
public sealed class SettingSpace
{
    private readonly Setting[][] _settings;
    private readonly WorkflowGraph _graph;
    private readonly List<string> _models;

    /// <summary>Gathers the settings.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="settings">The project's settings.</param>
    /// <exception cref="ProfileException">A sub-agent or the workflow names a model that the project does not have.</exception>
    public SettingSpace(WorkflowDescriptor descriptor, ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(settings);
        _graph = descriptor.Graph;
        _models = [.. settings.Models.Select(model => model.Name)];
        var space = new StructureSpace(_graph);
        _settings = [.. _graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && space.MayBeCalled(i) ? SettingsOf(node, descriptor, settings) : [])];
    }

    /// <summary>The settings of a sub-agent: by model in the order of <c>flowcompile.json</c>, budgets ascending. None for a tool, nor for a sub-agent that is never called.</summary>
    /// <param name="node">The node's index.</param>
    public IReadOnlyList<Setting> Of(int node) => _settings[node];

    /// <summary>The settings that every active sub-agent of a structure may run under.</summary>
    /// <param name="structure">The structure.</param>
    public IReadOnlyList<Setting> Common(WorkflowStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var active = _settings.Where((_, node) => structure.IsCalled(node) && _graph.Nodes[node].Kind == NodeKind.SubAgent).ToList();
        return active.Count == 0 ? [] : [.. active.Aggregate(active[0].AsEnumerable(), (common, settings) => common.Intersect(settings))];
    }

    /// <summary>
    /// One setting for every active sub-agent: the given one, or where a sub-agent may not run on its model, the sub-agent's own first or
    /// last setting, whichever end of the project's models the given one is nearer to.
    /// </summary>
    /// <param name="setting">The setting.</param>
    /// <param name="structure">The structure.</param>
    /// <returns>For each node of the graph, by index, what a <see cref="WorkflowConfiguration"/> takes.</returns>
    public IReadOnlyList<Setting?> SettingsUnder(Setting setting, WorkflowStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var isWeak = _models.IndexOf(setting.Model) is >= 0 and var position && 2 * position < _models.Count - 1;
        return [.. _settings.Select((allowed, node) =>
            allowed.Length == 0 || !structure.IsCalled(node) ? (Setting?)null
            : allowed.Any(one => one.Model == setting.Model) ? setting
            : isWeak ? allowed[0] : allowed[^1])];
    }

    private static Setting[] SettingsOf(GraphNode node, WorkflowDescriptor descriptor, ProjectSettings settings)
    {
        var (models, who) = node.Models.Count > 0 ? (node.Models, $"The sub-agent '{node.Name}'")
            : descriptor.Models.Count > 0 ? (descriptor.Models, $"The workflow '{descriptor.Graph.Name}'")
            : ([.. settings.Models.Select(model => model.Name)], "");
        if (models.FirstOrDefault(model => settings.FindModel(model) is null) is { } unknown)
        {
            throw new ProfileException(
                $"{who} names the model '{unknown}', which {settings.File} does not have; it has: {string.Join(", ", settings.Models.Select(model => model.Name))}.");
        }

        var budgets = node.Budgets.Count > 0 ? node.Budgets : descriptor.Budgets.Count > 0 ? descriptor.Budgets : settings.Budgets;
        return [.. settings.Models.Where(model => models.Contains(model.Name)).SelectMany(model => budgets.Select(budget => new Setting(model.Name, budget)))];
    }
}
