using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Parsing;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Compares the models that attributes name with those of <c>flowcompile.json</c>.</summary>
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

        void Check(AttributeFacts attribute, string owner)
        {
            foreach (var model in attribute.NamedList("Models").Select(constant => constant.Value).OfType<string>().Distinct())
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
}
