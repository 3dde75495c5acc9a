using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Parsing;
using FlowCompile.Generators.Plans;
using FlowCompile.Graph;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Compares the models and budgets that attributes name with the models of <c>flowcompile.json</c>.</summary>
internal static class SettingCheck
{
    public static void Check(CheckContext context, AttributeFacts workflow)
    {
        if (context.Files.Settings is not { } settings)
        {
            return;
        }

        Check(workflow, context.Type.Name);
        foreach (var node in context.Nodes)
        {
            Check(node.Attribute, node.Name);
        }

        CheckContexts(context, workflow, settings);

        void Check(AttributeFacts attribute, string owner)
        {
            foreach (var model in Texts(attribute).Distinct())
            {
                if (!settings.Models.Contains(model))
                {
                    context.Report(
                        SettingDescriptors.UnknownModel,
                        attribute.ArgumentLocation("Models", context.CancellationToken),
                        NearestName.Correction(model, settings.Models),
                        owner,
                        model,
                        NearestName.Suggest(model, settings.Models));
                }
            }
        }
    }

    private static void CheckContexts(CheckContext context, AttributeFacts workflow, SettingsDocument settings)
    {
        var ofWorkflow = (Models: Texts(workflow), Budgets: workflow.NamedList("Budgets").Select(constant => constant.Value).OfType<int>().ToList());
        var reported = new HashSet<(string, string)>();
        foreach (var node in context.Nodes.Where(node => node.Kind == NodeKind.SubAgent))
        {
            var owner = node.Budgets.Count > 0 ? node.Attribute : workflow;
            IReadOnlyList<int> budgets = node.Budgets.Count > 0 ? node.Budgets : ofWorkflow.Budgets.Count > 0 ? ofWorkflow.Budgets : settings.Budgets;
            IReadOnlyList<string> models = node.Models.Count > 0 ? node.Models : ofWorkflow.Models.Count > 0 ? ofWorkflow.Models : settings.Models;
            foreach (var model in models)
            {
                // What several sub-agents take from the workflow is said once.
                if (settings.ContextOf(model) is { } length && budgets.Max() >= length && reported.Add((node.Budgets.Count > 0 ? node.Name : "", model)))
                {
                    context.Report(
                        SettingDescriptors.BudgetBeyondContext, owner.ArgumentLocation("Budgets", context.CancellationToken), node.Name, budgets.Max(), model, length);
                }
            }
        }
    }

    private static List<string> Texts(AttributeFacts attribute) => [.. attribute.NamedList("Models").Select(constant => constant.Value).OfType<string>()];
}
