using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Binds the workflow's plan as the generator does, and says why it does not fit.</summary>
internal static class PlanCheck
{
    public static void Check(CheckContext context, WorkflowSpec workflow)
    {
        var readable = context.Files.Plans.Where(file => file.Plan is not null).ToDictionary(file => new PlanFile(file.File.Path, file.Plan!), file => file.File);
        var plans = PlanFile.Of(workflow.Name, readable.Keys).ToList();
        if (plans.Count == 0)
        {
            // One that cannot be read is reported where it is.
            if (!context.Files.Plans.Any(file => file.Plan is null && FileNames.WorkflowOf(file.File.Path) == workflow.Name))
            {
                context.Report(PlanDescriptors.Missing, context.TypeLocation, workflow.Name);
            }

            return;
        }

        var bound = PlanBinder.TryBind(workflow, GraphBuilder.Build(workflow), FileNames.NameOf(plans[0].Path), plans[0].Plan, context.Files.Settings, out var problem);
        if (problem is not null)
        {
            context.Report(FileLocation.Diagnose(readable[plans[0]], problem));
        }
        else if (bound is not null && context.Files.Settings is { } settings)
        {
            CheckModels(context, readable[plans[0]], plans[0].Plan, settings);
        }

        foreach (var second in plans.Skip(1))
        {
            context.Report(FileLocation.Diagnose(readable[second], new FileProblem(PlanDescriptors.Duplicate, second.Plan.WorkflowPosition, workflow.Name)));
        }
    }

    // Each once, where it stands first.
    private static void CheckModels(CheckContext context, AdditionalText file, PlanDocument plan, SettingsDocument settings)
    {
        var seen = new HashSet<string>(settings.Models);
        foreach (var configuration in plan.Configurations)
        {
            foreach (var setting in configuration.Settings.Where(setting => seen.Add(setting.Model)))
            {
                context.Report(FileLocation.Diagnose(file, new FileProblem(
                    PlanDescriptors.UnknownModel, configuration.Position, configuration.Id, setting.Node, setting.Model, NearestName.Suggest(setting.Model, settings.Models))));
            }
        }
    }
}
