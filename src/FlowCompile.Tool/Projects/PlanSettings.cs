using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Tool.Projects;

/// <summary>Says what a plan runs sub-agents under that the project does not have or allow today, a line for each model and each setting.</summary>
internal static class PlanSettings
{
    /// <summary>Lists what is wrong with the settings of a plan.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="settings">Its settings, with the id of the configuration and the name of the sub-agent.</param>
    /// <param name="isProfiled">Whether it was compiled from a profile: the budgets of an imported one need not be those of flowcompile.json.</param>
    /// <param name="session">The project.</param>
    /// <param name="descriptor">The workflow.</param>
    public static IReadOnlyList<string> Problems(
        string path, IEnumerable<(string Id, string Node, Setting Setting)> settings, bool isProfiled, WorkflowSession session, WorkflowDescriptor descriptor)
    {
        var space = new SettingSpace(descriptor, session.Settings);
        List<string> models = [.. session.Settings.Models.Select(model => model.Name)];
        List<string> problems = [];
        foreach (var (id, node, setting) in settings.DistinctBy(one => models.Contains(one.Setting.Model) ? $"{one.Node} {one.Setting}" : one.Setting.Model))
        {
            if (!models.Contains(setting.Model))
            {
                problems.Add($"{path}: the configuration '{id}' runs '{node}' on the model '{setting.Model}', which {session.Settings.File} does not have; it has: {string.Join(", ", models)}");
            }
            else if (descriptor.Graph.IndexOf(node) is >= 0 and var index && space.Of(index) is { Count: > 0 } allowed && !allowed.Contains(setting)
                && (isProfiled || !descriptor.Graph.Allows(index, setting.Model, setting.Budget)))
            {
                problems.Add($"{path}: the configuration '{id}' runs '{node}' under {setting}, which the code and {session.Settings.File} do not allow; 'flowcompile compile' leaves it out");
            }
        }

        return problems;
    }

    /// <summary>Warns of what is wrong with the settings of a plan that is there and can be read.</summary>
    public static void Warn(string path, WorkflowSession session, WorkflowDescriptor descriptor)
    {
        foreach (var problem in File.Exists(path) ? Problems(path, session, descriptor) : [])
        {
            Output.Results.Warning(ShownText.OfMessage(problem));
        }
    }

    private static IReadOnlyList<string> Problems(string path, WorkflowSession session, WorkflowDescriptor descriptor)
    {
        try
        {
            var plan = PlanFile.ReadDocument(path);
            return Problems(
                path, plan.Configurations.SelectMany(one => one.Settings.SelectMany(pair => pair.Value.Distinct.Select(setting => (one.Id, pair.Key, setting)))), plan.Provenance is not null, session, descriptor);
        }
        catch (PlanException error)
        {
            return [error.Message];
        }
    }
}
