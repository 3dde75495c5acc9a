namespace FlowCompile.Generators.Plans;

/// <summary>The reference setting of a workflow in <c>flowcompile.json</c>.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Budget">The reasoning budget.</param>
internal sealed record WorkflowReference(string Workflow, string Model, int Budget);
