using System.CommandLine;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile compile</c>: compiles the plan again from what is measured, without a model call.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var project = new ProjectOptions();
        var store = CommonOptions.Store();
        var plan = CommonOptions.Plan();
        var keepAll = CommonOptions.KeepAll();
        var json = CommonOptions.Json();
        var command = new Command("compile", "Compile the plan from what was measured, without a model call.") { project, store, plan, keepAll, json };
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            // All plans or none.
            foreach (var descriptor in session.Workflows)
            {
                PlanTarget.Check(session.PlanPath(descriptor, result.GetValue(plan)));
            }

            foreach (var descriptor in session.Workflows)
            {
                var summary = session.ReadProfile(descriptor, result.GetValue(store));
                PlanCompilation.CompileAndShow(
                    session, descriptor, summary, session.PlanPath(descriptor, result.GetValue(plan)), result.GetValue(keepAll), result.GetValue(json), cancellationToken);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
