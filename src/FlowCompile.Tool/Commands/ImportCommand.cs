using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Settings;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile import</c>: takes over a compiled file or a profile of the published research system.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A flowcompile.compiled.v2 file, or with --latency a detailed_results.json." };
        var project = new ProjectOptions();
        var plan = CommonOptions.Plan();
        var latency = new Option<string?>("--latency") { Description = "The latency_benchmark.json of a profile; the plan is then compiled from the profile.", HelpName = "file" };
        var map = new Option<string[]>("--map") { Description = "Which sub-agent an agent is, where the names do not tell; may be repeated.", HelpName = "agent=SubAgent" };
        map.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Split('=') is not [{ Length: > 0 }, { Length: > 0 }]))
            {
                result.AddError($"--map needs agent=SubAgent, not '{token.Value}'.");
            }
        });
        var unlimited = LimitOptions.Number<int?>("--unlimited", "The thinking tokens that stand for an unlimited budget.", "tokens", 0, "a number of 0 or more");

        var command = new Command("import", "Take over a plan or a profile of the published research system.")
        {
            file, project, plan, latency, map, unlimited,
        };
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            if (session.Workflows.Count > 1)
            {
                throw new ToolException($"{session.Project.Name} has {session.Workflows.Count} workflows; choose one with --workflow.", ExitCode.Usage);
            }

            var descriptor = session.Workflows[0];
            var names = new AgentNames(descriptor.Graph, (result.GetValue(map) ?? []).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
            var options = new ImportOptions { UnlimitedBudget = result.GetValue(unlimited) };
            var (imported, baselines) = result.GetValue(latency) is { } rates
                ? FromProfile(result.GetRequiredValue(file), rates, names, options, session.Settings.Workflows.FirstOrDefault(one => one.Name == descriptor.Graph.Name), cancellationToken)
                : (FromPlan(result.GetRequiredValue(file), names, options), BaselineReport.None);
            var path = session.PlanPath(descriptor, result.GetValue(plan));
            imported = PlanTarget.Write(path, imported, descriptor.Graph).Plan;
            PlanSettings.Warn(path, session, descriptor);
            PlanTable.Write(imported, descriptor.Graph);
            BaselineTable.Write(baselines, descriptor.Graph);
            Results.Line($"{Path.GetRelativePath(Environment.CurrentDirectory, path)} is written; build the project to use it.");
            return ExitCode.Success;
        });
        return command;
    }

    // Such a file says nothing of what is not on its frontier, so there are no baselines.
    private static WorkflowPlan FromPlan(string file, AgentNames names, ImportOptions options)
    {
        var published = PublishedPlan.Read(file, names, options);
        Results.Line(
            $"{published.Plan.Configurations.Count} of {published.Configurations} configurations taken over; {published.Dominated} are dominated by others, {published.WithDeadCalls} pay for a call whose output nobody reads.");
        return published.Plan;
    }

    private static (WorkflowPlan Plan, BaselineReport Baselines) FromProfile(string file, string rates, AgentNames names, ImportOptions options, WorkflowSettings? section, CancellationToken cancellationToken)
    {
        var published = PublishedProfile.Read(file, rates, names, options);
        Results.Line($"{published.Records} records taken over, less {published.Failed} whose generations had all failed.");
        var compiled = FlowCompiler.Compile(published.Table, section is null ? new CompileOptions { Schedule = Schedule.Parallel } : CompileOptions.From(section), provenance: null, cancellationToken);
        return (compiled.Plan, BaselineReport.Of(compiled));
    }
}
