using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>Brings a workflow together with its plan and settings.</summary>
internal static class WorkflowBinder
{
    /// <summary>The workflow with what it runs under; <see langword="null"/> where it has no structure.</summary>
    public static BoundWorkflow? TryBind(WorkflowSpec workflow, IEnumerable<PlanFile> plans, SettingsDocument? settings)
    {
        var graph = GraphBuilder.Build(workflow);
        if (PlanFile.Of(workflow.Name, plans).FirstOrDefault() is { } file
            && PlanBinder.TryBind(workflow, graph, FileNames.NameOf(file.Path), file.Plan, settings, out _) is { } plan)
        {
            return new BoundWorkflow(workflow, plan, null);
        }

        return DefaultConfiguration.TryCreate(workflow, graph, settings) is { } configuration ? new BoundWorkflow(workflow, null, configuration) : null;
    }
}
