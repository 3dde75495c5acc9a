using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Profiling.Testing;
using FlowCompile.Settings;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile test</c>: runs the plan's configurations and the uniform ones end to end on held-out cases.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var project = CommonOptions.Project();
        var workflow = CommonOptions.Workflow();
        var configuration = CommonOptions.Configuration();
        var noBuild = CommonOptions.NoBuild();
        var cases = CommonOptions.Cases("held-out cases");
        var plan = CommonOptions.Plan();
        var store = CommonOptions.Store();
        var random = LimitOptions.Number<int>("--random", "Run so many random configurations too, and compare the proxies over all of them.", "N", 0, "a number of 0 or more");
        var json = CommonOptions.Json();
        var command = new Command("test", "Run the plan end to end on the held-out cases: predicted against measured, and what one setting everywhere gives.")
        {
            project, workflow, configuration, noBuild, cases, plan, store, random, json,
        };
        command.SetRunner(async (result, cancellationToken) =>
        {
            using var session = await WorkflowSession.OpenAsync(
                result.PathOf(project), result.GetValue(configuration), result.GetValue(workflow), result.GetValue(noBuild), cancellationToken);
            foreach (var descriptor in session.Workflows)
            {
                var compiled = PlanFile.Read(session.PlanPath(descriptor, result.GetValue(plan)), descriptor.Graph);
                var test = CasesOf(session.Settings, descriptor, result.GetValue(cases));
                var profile = result.GetValue(random) > 0 ? ReadProfile(session, descriptor, result.GetValue(store)) : null;
                var report = await RunAsync(session, descriptor, compiled, test, profile, result.GetValue(random), cancellationToken);
                if (result.GetValue(json))
                {
                    TestReportJson.Write(report, Console.Out);
                }
                else
                {
                    TestReportText.Write(report, descriptor.Graph);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<WorkflowCase> CasesOf(ProjectSettings settings, WorkflowDescriptor descriptor, int? limit)
    {
        var section = settings.GetWorkflow(descriptor.Graph.Name);
        return section.Test is { } path
            ? CaseFile.Read(path, descriptor, limit)
            : throw new ToolException($"{settings.File}: workflow '{section.Name}' names no held-out cases; add \"test\": \"<file>.jsonl\".");
    }

    private static async Task<TestReport> RunAsync(
        WorkflowSession session, WorkflowDescriptor descriptor, WorkflowPlan plan, IReadOnlyList<WorkflowCase> cases, ProfileTable? profile, int random, CancellationToken cancellationToken)
    {
        using var display = new ProgressDisplay();
        var options = new HeldOutOptions { Sequential = plan.Schedule == "sequential" };
        var test = new HeldOutTest(descriptor, session.Models, options);
        var uniform = UniformConfigurations.Of(descriptor, session.Settings);
        var drawn = profile is null ? [] : RandomConfigurations.Draw(profile, random);
        List<WorkflowConfiguration> all = [.. plan.Configurations, .. uniform, .. drawn];
        var results = await test.RunAsync(all, cases, new Relay(display), cancellationToken);
        var (compiled, others) = (results.Take(plan.Configurations.Count).ToList(), results.Skip(plan.Configurations.Count + uniform.Count).ToList());
        return new TestReport(plan, compiled, [.. results.Skip(compiled.Count).Take(uniform.Count)], cases.Count)
        {
            Proxies = profile is null ? null : FidelityComparison.Of([.. compiled, .. others], profile, ScheduleNames.Parse(plan.Schedule)),
        };
    }

    private static ProfileTable ReadProfile(WorkflowSession session, WorkflowDescriptor descriptor, string? named) =>
        ProfileTable.From(descriptor.Graph, session.ReadProfile(descriptor, named));

    private sealed class Relay(ProgressDisplay display) : IProgress<HeldOutProgress>
    {
        public void Report(HeldOutProgress value)
        {
            var rate = value.TimeLeft > TimeSpan.Zero ? (value.Total - value.Done) / value.TimeLeft.TotalSeconds : 0;
            display.Show("Running held-out cases", value.Configuration + (value.Failures > 0 ? $"  {value.Failures} failed" : ""), value.Done, value.Total, rate, value.TimeLeft);
        }
    }
}
