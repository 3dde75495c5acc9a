using FlowCompile.Json;
using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>Says of the settings of a configuration what kept it out: not measured, not allowed, or worse than others of their sub-agent.</summary>
internal sealed class MeasuredSettings(ProfileTable profile, SearchSpace space, IReadOnlyList<DroppedSetting> dropped)
{
    /// <summary>The settings that were not measured, each with what was.</summary>
    public IReadOnlyList<string> Missing(WorkflowConfiguration configuration) =>
        [.. Running(configuration).Where(pair => profile.Of(pair.Node).All(row => row.Setting != pair.Setting)).Select(pair => WhyMissing(pair.Node, pair.Setting))];

    /// <summary>What the search space does not allow.</summary>
    public IReadOnlyList<string> Forbidden(WorkflowConfiguration configuration)
    {
        var reasons = new List<string>();
        foreach (var (node, setting) in Running(configuration))
        {
            var limits = space.SubAgents.GetValueOrDefault(NameOf(node)) ?? new SubAgentLimits();
            if (!Allows(space.Models, setting.Model) || !Allows(limits.Models, setting.Model) || !Allows(space.Budgets, setting.Budget)
                || !Allows(limits.Budgets, setting.Budget) || (limits.Setting is { } locked && locked != setting))
            {
                reasons.Add($"the search space does not allow {setting} for '{NameOf(node)}'");
            }
        }

        foreach (var (name, limits) in space.SubAgents)
        {
            var node = profile.Graph.IndexOf(name);
            var count = configuration.Structure.HandsOn(node) ? 0 : configuration.Structure.Counts[node];
            if (count < limits.MinCount || count > limits.MaxCount)
            {
                reasons.Add(FormattableString.Invariant($"the search space does not let '{name}' run {count} times"));
            }
        }

        return reasons;
    }

    /// <summary>The settings that another of the same sub-agent dominates.</summary>
    public IReadOnlyList<string> Dominated(WorkflowConfiguration configuration, ObjectiveOrder order)
    {
        var reasons = new List<string>();
        foreach (var (node, setting) in Running(configuration))
        {
            var own = profile.Of(node).First(row => row.Setting == setting);
            var better = profile.Of(node).Where(row => order.Dominates(row, own)).OrderByDescending(row => row.Accuracy).ThenBy(row => row.LatencySeconds).ToList();
            if (better.Count > 0)
            {
                reasons.Add($"of '{NameOf(node)}' alone, {setting} ({Text(own)}) is dominated by {better[0].Setting} ({Text(better[0])})");
            }
        }

        return reasons;
    }

    private string WhyMissing(int node, Setting setting)
    {
        var name = NameOf(node);
        if (dropped.FirstOrDefault(one => one.Node == name && one.Setting == setting) is { } race)
        {
            return $"'{name}' was not measured to the end under {setting}: {race.Reason.TrimEnd('.')}";
        }

        if (profile.Disallowed.Contains((name, setting)))
        {
            return $"'{name}' may not run under {setting} any more: its Models and Budgets, those of the workflow or flowcompile.json do not allow it";
        }

        var rows = profile.Of(node);
        if (rows.Count == 0)
        {
            return $"'{name}' was not measured";
        }

        List<string> models = [.. rows.Select(row => row.Setting.Model).Distinct()];
        return models.Contains(setting.Model)
            ? $"'{name}' was not measured under {setting}; on '{setting.Model}' it was under the budgets {string.Join(", ", rows.Where(row => row.Setting.Model == setting.Model).Select(row => row.Setting.Budget).Order())}"
            : $"'{name}' was not measured on the model '{setting.Model}'; {NearestName.Suggest(setting.Model, models)}";
    }

    private IEnumerable<(int Node, Setting Setting)> Running(WorkflowConfiguration configuration) =>
        Enumerable.Range(0, profile.Graph.Nodes.Count).SelectMany(node => (configuration.Settings[node]?.Distinct ?? []).Select(setting => (node, setting)));

    private string NameOf(int node) => profile.Graph.Nodes[node].Name;

    private static bool Allows<T>(IReadOnlyCollection<T> allowed, T value) => allowed.Count == 0 || allowed.Contains(value);

    private static string Text(SettingProfile row) => FormattableString.Invariant($"{row.Accuracy:0.####} in {row.LatencySeconds * 1000:0.###} ms");
}
