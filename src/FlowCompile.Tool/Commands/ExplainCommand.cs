using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile explain</c>: what each pass of the compiler did and why, and what became of a configuration, without a model call.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var project = new ProjectOptions();
        var asked = new Argument<string[]>("configuration")
        {
            Description = "An id of the frontier (c01), or a configuration as text: SubAgent=model@budget for each that runs. By default all of the frontier.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var store = CommonOptions.Store();
        var plan = CommonOptions.Plan();
        var keepAll = CommonOptions.KeepAll();
        var json = CommonOptions.Json();
        var command = new Command("explain", "Say what each pass of the compiler did, why a configuration is on the frontier or not, and where improving pays.")
        {
            project, asked, store, plan, keepAll, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(project.Project) is { } path && LooksLikeConfiguration(path) && !Path.Exists(path))
            {
                result.AddError($"'{path}' is no project; name the project before the configuration, for example 'explain . {path}'.");
            }
        });
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            var text = string.Join(' ', result.GetValue(asked) ?? []);
            if (text.Length > 0 && session.Workflows.Count > 1)
            {
                throw new ToolException($"{session.Project.Name} has {session.Workflows.Count} workflows; say with --workflow which one the configuration is of.", ExitCode.Usage);
            }

            foreach (var descriptor in session.Workflows)
            {
                var summary = session.ReadProfile(descriptor, result.GetValue(store));
                var compiled = PlanCompilation.Compile(session, descriptor, summary, result.GetValue(keepAll), cancellationToken);
                PlanSettings.Warn(session.PlanPath(descriptor, result.GetValue(plan)), session, descriptor);
                WarnOfOtherPlan(session.PlanPath(descriptor, result.GetValue(plan)), descriptor, compiled.Frontier.Plan);
                var explainer = new FrontierExplainer(compiled.Table, compiled.Options, compiled.Frontier, summary.Manifest.Dropped);
                var report = new ExplainReport(descriptor.Graph, compiled.Frontier, explainer, text.Length > 0 ? explainer.Explain(text) : null);
                if (result.GetValue(json))
                {
                    ExplainJson.Write(report);
                }
                else
                {
                    ExplainText.Write(report);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    // 'Solver=mini@64', 'c02' or 'c02/1'.
    private static bool LooksLikeConfiguration(string text) =>
        text.Contains('=', StringComparison.Ordinal) || (text.Length > 1 && text[0] == 'c' && text.Skip(1).All(one => char.IsAsciiDigit(one) || one == '/'));

    // What is explained is what the profile compiles to now; the ids of another plan mean something else.
    private static void WarnOfOtherPlan(string path, WorkflowDescriptor descriptor, WorkflowPlan plan)
    {
        if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(PlanFile.Serialize(PlanFile.InPlaceOf(path, plan, descriptor.Graph), descriptor.Graph)))
        {
            Results.Warning($"{Path.GetRelativePath(Environment.CurrentDirectory, path)} is not what the profile compiles to now, which is what is explained; 'flowcompile compile' writes it.");
        }
    }
}
