using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Takes the settings out that the search space forbids: <c>a{mini@16, nano@64}</c> => <c>a{nano@64}</c> where only nano is allowed.</summary>
internal sealed class FilterPass : ICompilePass
{
    public string Name => "filter settings";

    public void Run(CompileState state)
    {
        Check(state.Graph, state.Options.Space);
        state.Allowed = new ProfileTable(state.Graph, state.Graph.Nodes
            .Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent)
            .ToDictionary(pair => pair.node.Name, pair => (IReadOnlyList<SettingProfile>)Filter(state, pair.node, state.Profile.Of(pair.i))));
        state.CallOptions = new CallOptions(state.Allowed, state.Options.SettingPerCall);
    }

    /// <summary>Checks that a search space is of a workflow.</summary>
    /// <exception cref="CompileException">It names what the workflow does not have, or a range of counts that is none.</exception>
    internal static void Check(WorkflowGraph graph, SearchSpace space)
    {
        foreach (var (name, limits) in space.SubAgents)
        {
            Check(graph, name, limits);
        }
    }

    private SettingProfile[] Filter(CompileState state, GraphNode node, IReadOnlyList<SettingProfile> rows)
    {
        var space = state.Options.Space;
        var limits = space.SubAgents.GetValueOrDefault(node.Name) ?? new SubAgentLimits();
        SettingProfile[] kept = [.. rows.Where(row => Allows(space.Models, row.Setting.Model) && Allows(limits.Models, row.Setting.Model)
            && Allows(space.Budgets, row.Setting.Budget) && Allows(limits.Budgets, row.Setting.Budget)
            && (limits.Setting is not { } locked || locked == row.Setting))];
        if (kept.Length < rows.Count)
        {
            state.Record(this, node.Name, string.Create(CultureInfo.InvariantCulture, $"{kept.Length} of {rows.Count} settings are allowed"));
        }

        if (limits.MaxCount != 0 && state.Options.Objectives.HasFlag(Objectives.Energy) && Array.FindIndex(kept, row => row.EnergyJoules is null) is >= 0 and var unknown)
        {
            throw new CompileException(
                $"The energy of '{node.Name}' was not measured under {kept[unknown].Setting}; measure it, limit the sub-agent to settings whose energy was measured, or leave energy out of the objectives.");
        }

        return kept.Length > 0 || rows.Count == 0 || limits.MaxCount == 0
            ? kept
            : throw new CompileException(
                $"The search space allows none of the settings that '{node.Name}' was measured under ({string.Join(", ", rows.Select(row => row.Setting))}); allow one, or leave the sub-agent out.");
    }

    private static bool Allows<T>(IReadOnlyCollection<T> allowed, T value) => allowed.Count == 0 || allowed.Contains(value);

    private static void Check(WorkflowGraph graph, string name, SubAgentLimits limits)
    {
        if (graph.IndexOf(name) is var index && (index < 0 || graph.Nodes[index].Kind != NodeKind.SubAgent))
        {
            throw new CompileException(
                $"The search space limits '{name}', which is no sub-agent of workflow '{graph.Name}'; it has: {string.Join(", ", graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent).Select(node => node.Name))}.");
        }

        if (limits.MinCount < 0 || limits.MaxCount < limits.MinCount)
        {
            throw new CompileException(string.Create(
                CultureInfo.InvariantCulture, $"The search space lets '{name}' run {limits.MinCount} to {limits.MaxCount} times; give it a range from 0 up."));
        }
    }
}
