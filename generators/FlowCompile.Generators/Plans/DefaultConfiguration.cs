using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Plans;

/// <summary>
/// What a workflow runs under while it has no plan: the largest structure, each sub-agent under the reference setting or the nearest
/// that it may run under.
/// </summary>
internal static class DefaultConfiguration
{
    /// <summary>The model's name where neither attributes nor <c>flowcompile.json</c> name one.</summary>
    public const string Model = "default";

    /// <summary>The configuration; <see langword="null"/> where the workflow has no structure at all.</summary>
    public static BoundConfiguration? TryCreate(WorkflowSpec workflow, WorkflowGraph graph, SettingsDocument? settings)
    {
        if (Structure(graph) is not { } structure)
        {
            return null;
        }

        var reference = settings?.ReferenceOf(workflow.Name);
        var bound = Enumerable.Range(0, graph.Nodes.Count)
            .Where(node => graph.Nodes[node].Kind == NodeKind.SubAgent && structure.IsCalled(node))
            .Select(node => Setting(node, workflow, reference));
        return new BoundConfiguration("default", null, structure.Counts.Freeze(), bound.Freeze(), null);
    }

    private static WorkflowStructure? Structure(WorkflowGraph graph)
    {
        const int MostTried = 10_000;
        var space = new StructureSpace(graph);
        return space.TryResolve([.. graph.Nodes.Select(node => node.MaxCount)], out _)
            ?? (space.Size <= MostTried ? space.Enumerate().FirstOrDefault() : null);
    }

    private static BoundSetting Setting(int index, WorkflowSpec workflow, WorkflowReference? reference)
    {
        var node = workflow.Nodes[index];
        var models = node.Models.Count > 0 ? node.Models : workflow.Models;
        var budgets = node.Budgets.Count > 0 ? node.Budgets : workflow.Budgets;
        var model = reference is not null && (models.Count == 0 || models.Contains(reference.Model)) ? reference.Model
            : models.Count > 0 ? models[models.Count - 1]
            : Model;
        var budget = reference is not null && (budgets.Count == 0 || budgets.Contains(reference.Budget)) ? reference.Budget
            : budgets.Count > 0 ? budgets.Max()
            : 0;
        return new BoundSetting(index, model, budget);
    }
}
