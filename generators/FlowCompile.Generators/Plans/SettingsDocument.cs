using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>What the generator and the analyzers need of <c>flowcompile.json</c>.</summary>
/// <param name="Models">The models' names, in the order written.</param>
/// <param name="Budgets">The reasoning budgets.</param>
/// <param name="References">The workflows' reference settings, where they are written.</param>
internal sealed record SettingsDocument(EquatableArray<string> Models, EquatableArray<int> Budgets, EquatableArray<WorkflowReference> References)
{
    /// <summary>The lengths of the models' contexts, where they are written.</summary>
    public EquatableArray<ModelContext> Contexts { get; init; }

    /// <summary>The length of a model's context in tokens; <see langword="null"/> where it is not written.</summary>
    public int? ContextOf(string model) => Contexts.FirstOrDefault(context => context.Model == model)?.Length;

    /// <summary>The setting of a workflow's sub-agents where no plan says another: the one written, else the last model at the largest budget.</summary>
    public WorkflowReference ReferenceOf(string workflow) =>
        References.FirstOrDefault(reference => reference.Workflow == workflow)
        ?? new WorkflowReference(workflow, Models[Models.Count - 1], Budgets.Max());
}
