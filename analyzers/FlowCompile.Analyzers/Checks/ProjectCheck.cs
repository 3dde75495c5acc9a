using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Parsing;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Looks at all workflows of a project together: names taken twice, plans of no workflow.</summary>
internal static class ProjectCheck
{
    public static void Check(CompilationAnalysisContext context, ProjectFiles files, IEnumerable<(INamedTypeSymbol Type, string Name)> found)
    {
        var workflows = found.OrderBy(workflow => workflow.Type.ToDisplayString(), StringComparer.Ordinal).ToList();
        foreach (var group in workflows.GroupBy(workflow => workflow.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (type, name) in group.Skip(1))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    WorkflowDescriptors.DuplicateName, TypeParser.Location(type), FixFacts.Shown([name, group.First().Type.ToDisplayString()])));
            }
        }

        foreach (var (file, plan, _) in files.Plans)
        {
            if (plan is not null && workflows.All(workflow => workflow.Name != plan.Workflow))
            {
                context.ReportDiagnostic(FileLocation.Diagnose(file, new FileProblem(PlanDescriptors.Orphan, plan.WorkflowPosition, plan.Workflow)));
            }
        }
    }
}
