using System.Text;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the files of one workflow.</summary>
internal static class WorkflowEmitter
{
    public static void Emit(SourceProductionContext output, BoundWorkflow bound)
    {
        var workflow = bound.Workflow;
        Add("Graph", GraphEmitter.Emit(workflow));
        Add("Plan", bound.Plan is { } plan ? PlanEmitter.Emit(workflow, plan) : DefaultPlanEmitter.Emit(workflow, bound.Default!));
        Add("Run", RunEmitter.Emit(workflow));
        Add("Descriptor", DescriptorEmitter.Emit(workflow));
        if (ServicesEmitter.CanEmit(workflow))
        {
            Add("Services", ServicesEmitter.Emit(workflow));
        }

        void Add(string part, string text)
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            output.AddSource($"{workflow.Type.HintName}.{part}.g.cs", SourceText.From(text, Encoding.UTF8));
        }
    }
}
