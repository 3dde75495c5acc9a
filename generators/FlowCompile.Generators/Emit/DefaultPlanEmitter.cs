using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>Plan</c> where there is no plan: one configuration, under the names that a plan has too.</summary>
internal static class DefaultPlanEmitter
{
    public static string Emit(WorkflowSpec workflow, BoundConfiguration configuration) => GeneratedPart.Write(workflow.Type, writer =>
    {
        writer.Line("/// <summary>No plan was compiled for the workflow yet: run <c>dotnet flowcompile profile</c>. Until then there is one configuration.</summary>");
        writer.Line(Names.GeneratedCode);
        using (writer.Block("public static class Plan"))
        {
            ConfigurationEmitter.Write(
                writer, workflow, configuration, "Default", $"The default configuration: the largest structure under {Settings(configuration)}. Not measured.");
            writer.Line("/// <summary>The default configuration; no plan was compiled yet.</summary>");
            writer.Line($"public static {Names.Configuration} Fastest => Default;");
            writer.Line();
            writer.Line("/// <summary>The default configuration; no plan was compiled yet.</summary>");
            writer.Line($"public static {Names.Configuration} MostAccurate => Default;");
            writer.Line();
            writer.Line("/// <summary><see langword=\"null\"/>: no plan was compiled yet.</summary>");
            writer.Line("public static global::FlowCompile.Plans.WorkflowPlan? Compiled => null;");
            writer.Line();
            writer.Line("/// <summary>The default configuration alone.</summary>");
            writer.Line($"public static {Names.ReadOnlyList}<{Names.Configuration}> Configurations {{ get; }} =");
            using (writer.Indent())
            {
                writer.Line($"new {Names.Configuration}[] {{ Default }};");
            }

            writer.Line();
            writer.Line("/// <summary>The default configuration, whatever the preference; no plan was compiled yet.</summary>");
            writer.Line("/// <param name=\"preference\">What the caller wants.</param>");
            writer.Line($"public static {Names.Configuration} Select({Names.Preference} preference) => Default;");
        }
    });

    private static string Settings(BoundConfiguration configuration)
    {
        var settings = configuration.Settings.Select(setting => setting.ToString()).Distinct().ToList();
        return settings.Count switch
        {
            0 => "no setting, as it calls no model",
            1 => $"the workflow's reference setting, {DocText.Escape(settings[0])}",
            _ => "the reference setting of each sub-agent",
        };
    }
}
