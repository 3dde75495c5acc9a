using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A configuration that is known to be one of the workflow's graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, where it has one.</param>
/// <param name="Counts">For each node, by index, its calls.</param>
/// <param name="Settings">The settings of the sub-agents that run, in the order of the nodes; of calls that differ one after another.</param>
/// <param name="Estimate">What it is expected to do; <see langword="null"/> for the default configuration.</param>
internal sealed record BoundConfiguration(
    string Id, string? Name, EquatableArray<int> Counts, EquatableArray<BoundSetting> Settings, BoundEstimate? Estimate)
{
    /// <summary>The configuration as text, as the library writes it.</summary>
    public string ToText(WorkflowSpec workflow) => string.Join(" ", Settings.GroupBy(setting => setting.Node).Select(own =>
        workflow.Nodes[own.Key].Name + (Counts[own.Key] == 1 || own.Skip(1).Any() ? "" : $"*{Counts[own.Key]}") + "=" + Text([.. own])));

    private static string Text(List<BoundSetting> settings)
    {
        var text = "";
        for (var call = 0; call < settings.Count;)
        {
            var same = settings.Skip(call).TakeWhile(one => one.ToString() == settings[call].ToString()).Count();
            text += (call == 0 ? "" : "+") + settings[call] + (same == 1 ? "" : $"*{same}");
            call += same;
        }

        return text;
    }
}
