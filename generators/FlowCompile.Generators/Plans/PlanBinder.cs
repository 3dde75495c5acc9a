using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Plans;

/// <summary>Binds a plan to the graph of its workflow, or says why it does not fit.</summary>
internal static class PlanBinder
{
    /// <summary>Binds a plan.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="file">The name of the plan's file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">The project's settings, where they can be read.</param>
    /// <param name="problem">Why it does not fit, where it does not.</param>
    public static BoundPlan? TryBind(WorkflowSpec workflow, WorkflowGraph graph, string file, PlanDocument plan, SettingsDocument? settings, out FileProblem? problem)
    {
        problem = null;
        if (plan.GraphHash != graph.Hash)
        {
            problem = new FileProblem(PlanDescriptors.Stale, plan.GraphHashPosition, workflow.Name);
            return null;
        }

        var configurations = new List<BoundConfiguration>();
        foreach (var configuration in plan.Configurations)
        {
            string? misfit = null;
            var bound = configurations.Any(other => other.Id == configuration.Id) ? null : Bind(graph, configuration, out misfit);
            if (bound is null)
            {
                misfit ??= $"there are two configurations '{configuration.Id}'";
            }
            else if (configurations.Count > 0 && bound.Estimate!.LatencySeconds < configurations[configurations.Count - 1].Estimate!.LatencySeconds)
            {
                misfit = $"'{configuration.Id}' is faster than the configuration before it";
            }

            if (misfit is not null)
            {
                problem = new FileProblem(PlanDescriptors.Misfit, configuration.Position, misfit);
                return null;
            }

            if (NotAllowed(graph, bound!, plan.Provenance is null ? null : settings) is { } setting)
            {
                problem = new FileProblem(PlanDescriptors.NotAllowed, configuration.Position, graph.Nodes[setting.Node].Name, setting.ToString());
                return null;
            }

            configurations.Add(bound!);
        }

        if (plan.Cells.FirstOrDefault(cell => graph.IndexOf(cell.Setting.Node) < 0) is { } stray)
        {
            problem = new FileProblem(PlanDescriptors.Misfit, stray.Position, $"'cells' names '{stray.Setting.Node}', which the workflow does not have");
            return null;
        }

        return new BoundPlan(
            file, plan.GraphHash, plan.Proxy, plan.Schedule, configurations.Freeze(), plan.Provenance, plan.Objectives, plan.AccuracyLoss, plan.Folded, plan.FoldedLoss, plan.Cells);
    }

    // A plan that was compiled from a profile has the budgets that flowcompile.json had then; one that was imported or made by hand was never measured here.
    private static BoundSetting? NotAllowed(WorkflowGraph graph, BoundConfiguration configuration, SettingsDocument? measured) =>
        configuration.Settings.FirstOrDefault(setting => !graph.Allows(setting.Node, setting.Model, setting.Budget)
            || (measured is not null && graph.Budgets.Count == 0 && graph.Nodes[setting.Node].Budgets.Count == 0 && !measured.Budgets.Contains(setting.Budget)));

    private static BoundConfiguration? Bind(WorkflowGraph graph, PlanConfiguration configuration, out string? misfit)
    {
        var counts = new int[graph.Nodes.Count];
        var settings = Enumerable.Range(0, graph.Nodes.Count).Select(_ => new List<BoundSetting>()).ToArray();
        misfit = Fill(graph, configuration, counts, settings);
        if (misfit is not null)
        {
            return null;
        }

        WorkflowStructure structure;
        try
        {
            structure = WorkflowStructure.Create(graph, counts);
        }
        catch (GraphException error)
        {
            misfit = $"in '{configuration.Id}', {error.Message.TrimEnd('.')}";
            return null;
        }

        for (var node = 0; node < counts.Length; node++)
        {
            if (!structure.IsCalled(node))
            {
                // Of what is never called a setting means nothing; older plans have one.
                settings[node].Clear();
            }
            else if (graph.Nodes[node].Kind == NodeKind.SubAgent && settings[node].Count == 0)
            {
                misfit = $"'{configuration.Id}' has no setting for '{graph.Nodes[node].Name}'";
                return null;
            }
        }

        return new BoundConfiguration(
            configuration.Id,
            configuration.Name,
            structure.Counts.Freeze(),
            settings.SelectMany((own, node) => InOrder(own, graph.Nodes[node].Repair is null)).Freeze(),
            new BoundEstimate(
                configuration.Accuracy,
                configuration.RecordedAccuracy,
                configuration.LatencySeconds,
                configuration.Cost,
                configuration.EnergyJoules,
                configuration.LatencyP50Seconds,
                configuration.LatencyP95Seconds,
                configuration.RightLatencySeconds));
    }

    // As the library keeps them: one for all calls where they are the same, those of replicas in one order.
    private static IEnumerable<BoundSetting> InOrder(List<BoundSetting> settings, bool areReplicas) =>
        settings.Count == 0 || settings.All(one => one.Model == settings[0].Model && one.Budget == settings[0].Budget)
            ? settings.Take(1).Select(one => one with { Call = null })
            : (areReplicas ? settings.OrderBy(one => one.Budget).ThenBy(one => one.Model, StringComparer.Ordinal) : settings.AsEnumerable())
                .Select((one, call) => one with { Call = call });

    private static string? Fill(WorkflowGraph graph, PlanConfiguration configuration, int[] counts, List<BoundSetting>[] settings)
    {
        foreach (var count in configuration.Counts)
        {
            if (graph.IndexOf(count.Node) is not (>= 0 and var node))
            {
                return $"'{configuration.Id}' runs '{count.Node}', which the workflow does not have";
            }

            counts[node] = count.Count;
        }

        foreach (var setting in configuration.Settings)
        {
            if (graph.IndexOf(setting.Node) is not (>= 0 and var node) || graph.Nodes[node].Kind != NodeKind.SubAgent || counts[node] == 0)
            {
                return $"'{configuration.Id}' has a setting for '{setting.Node}', which is no sub-agent that runs in it";
            }

            settings[node].Add(new BoundSetting(node, setting.Model, setting.Budget, setting.Call));
        }

        for (var node = 0; node < settings.Length; node++)
        {
            if (settings[node].Count > 0 && settings[node][0].Call is not null && settings[node].Count != counts[node])
            {
                return $"'{configuration.Id}' has {settings[node].Count} settings for the {counts[node]} calls of '{graph.Nodes[node].Name}'";
            }

            if (graph.Nodes[node].HasSameSettings && settings[node].Select(one => one with { Call = null }).Distinct().Skip(1).Any())
            {
                return $"'{configuration.Id}' runs the calls of '{graph.Nodes[node].Name}' under different settings, which its attribute does not allow (Same = true)";
            }
        }

        return null;
    }
}
