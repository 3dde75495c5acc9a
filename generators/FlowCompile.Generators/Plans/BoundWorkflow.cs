using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A workflow with what it runs under: everything that is emitted.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Plan">Its plan; <see langword="null"/> where there is none that fits.</param>
/// <param name="Default">What it runs under without a plan; <see langword="null"/> where there is one.</param>
internal sealed record BoundWorkflow(WorkflowSpec Workflow, BoundPlan? Plan, BoundConfiguration? Default);
