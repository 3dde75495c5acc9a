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
        var project = new ProjectOptions();
        var cases = CommonOptions.Cases("held-out cases");
        var plan = CommonOptions.Plan();
        var store = CommonOptions.Store();
        var random = LimitOptions.Number<int>("--random", "Run so many random configurations too, and compare the proxies over all of them.", "N", 0, "a number of 0 or more");
        var validation = new Option<bool>("--validation")
        {
            Description = "Run on the validation cases instead, those of the profile: what is left is the proxy's own error, without that of other cases.",
        };
        var markdown = new Option<bool>("--markdown") { Description = "Write the tables as Markdown." };
        var json = CommonOptions.Json();
        var command = new Command("test", "Run the plan end to end on the held-out cases: predicted against measured, and what one setting everywhere gives.")
        {
            project, cases, plan, store, random, validation, markdown, json,
        };
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            foreach (var descriptor in session.Workflows)
            {
                var compiled = PlanFile.Read(session.PlanPath(descriptor, result.GetValue(plan)), descriptor.Graph);
                Check(compiled, session.PlanPath(descriptor, result.GetValue(plan)), session, descriptor);
                var onValidation = result.GetValue(validation);
                var test = CasesOf(session.Settings, descriptor, result.GetValue(cases), onValidation);
                var profile = ReadProfile(session, descriptor, result.GetValue(store), isNeeded: result.GetValue(random) > 0);
                var report = await RunAsync(session, descriptor, compiled, test, onValidation, profile, result.GetValue(random), cancellationToken);
                if (result.GetValue(json))
                {
                    TestReportJson.Write(report, descriptor.Graph);
                }
                else if (result.GetValue(markdown))
                {
                    TestReportMarkdown.Write(report, descriptor.Graph);
                }
                else
                {
                    TestReportText.Write(report, descriptor.Graph);
                }

                foreach (var failing in report.All.Where(one => one.Failures > 0))
                {
                    Results.Warning($"{failing.Configuration.Id} failed {failing.Failures} of {failing.Runs.Count} runs; the first: {ShownText.OfMessage(failing.Runs.First(run => run.Error is not null).Error!)}");
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    // What cannot run fails at once, and not in every run.
    private static void Check(WorkflowPlan plan, string path, WorkflowSession session, WorkflowDescriptor descriptor)
    {
        var settings = plan.Configurations.SelectMany(one => one.Settings.Index()
            .SelectMany(entry => (entry.Item?.Distinct ?? []).Select(setting => (one.Id, descriptor.Graph.Nodes[entry.Index].Name, setting))));
        if (PlanSettings.Problems(path, settings, plan.Provenance is not null, session, descriptor) is { Count: > 0 } problems)
        {
            throw new ToolException(problems[0]);
        }
    }

    private static IReadOnlyList<WorkflowCase> CasesOf(ProjectSettings settings, WorkflowDescriptor descriptor, int? limit, bool onValidation)
    {
        var section = settings.GetWorkflow(descriptor.Graph.Name);
        if (onValidation)
        {
            return CaseFile.Read(section.Cases, descriptor, limit);
        }

        return section.Test is { } path
            ? CaseFile.Read(path, descriptor, limit)
            : throw new ToolException($"{settings.File}: workflow '{section.Name}' names no held-out cases; add \"test\": \"<file>.jsonl\".");
    }

    private static async Task<TestReport> RunAsync(
        WorkflowSession session,
        WorkflowDescriptor descriptor,
        WorkflowPlan plan,
        IReadOnlyList<WorkflowCase> cases,
        bool onValidation,
        ProfileTable? profile,
        int random,
        CancellationToken cancellationToken)
    {
        using var display = new ProgressDisplay();
        var options = new HeldOutOptions { Sequential = plan.Schedule == "sequential" };
        var test = new HeldOutTest(descriptor, session.Models, options);
        var schedule = ScheduleNames.Parse(plan.Schedule);
        var uniform = UniformConfigurations.Of(descriptor, session.Settings);
        var (baselines, unmeasured) = profile is null ? BaselineReport.None : BaselineReport.Of(profile, ProxyOf(plan, profile, schedule));
        var drawn = profile is null || random == 0 ? [] : RandomConfigurations.Draw(profile, random);
        List<WorkflowConfiguration> all = [.. plan.Configurations, .. uniform, .. baselines.Select(one => one.Configuration), .. drawn];
        var results = new Queue<HeldOutResult>(await test.RunAsync(all, cases, new Relay(display), cancellationToken));
        List<HeldOutResult> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => results.Dequeue())];
        var (compiled, uniformResults, baselineResults, others) = (Take(plan.Configurations.Count), Take(uniform.Count), Take(baselines.Count), Take(drawn.Count));
        return new TestReport(plan, compiled, uniformResults, cases.Count)
        {
            CasesAre = onValidation ? "validation cases" : "held-out cases",
            Baselines = [.. baselines.Zip(baselineResults, (one, result) => (one.Kind, result))],
            Unmeasured = unmeasured,
            Proxies = profile is null || random == 0 ? null : FidelityComparison.Of([.. compiled, .. others], profile, schedule),
        };
    }

    private static IProxy ProxyOf(WorkflowPlan plan, ProfileTable profile, Schedule schedule) =>
        plan.Proxy == ProxyKind.Paired.ToName() && profile.Recorded is { } recorded ? new PairedProxy(recorded, schedule) : new IndependentProxy(profile, schedule);

    // Baselines are chosen by the profile: without one there are none.
    private static ProfileTable? ReadProfile(WorkflowSession session, WorkflowDescriptor descriptor, string? named, bool isNeeded)
    {
        if (!isNeeded && !File.Exists(session.StorePath(descriptor, named)))
        {
            return null;
        }

        try
        {
            return ProfileTable.From(descriptor.Graph, session.ReadProfile(descriptor, named), new SettingSpace(descriptor, session.Settings));
        }
        catch (Exception error) when (!isNeeded && (error is ProfileException or CompileException))
        {
            Results.Warning($"{descriptor.Graph.Name}: no baselines are run, for the profile cannot be used: {ShownText.OfMessage(error.Message)}");
            return null;
        }
    }

    private sealed class Relay(ProgressDisplay display) : IProgress<HeldOutProgress>
    {
        public void Report(HeldOutProgress value)
        {
            var rate = value.TimeLeft > TimeSpan.Zero ? (value.Total - value.Done) / value.TimeLeft.TotalSeconds : 0;
            display.Show("Running held-out cases", value.Configuration + (value.Failures > 0 ? $"  {value.Failures} failed" : ""), value.Done, value.Total, rate, value.TimeLeft);
        }
    }
}
