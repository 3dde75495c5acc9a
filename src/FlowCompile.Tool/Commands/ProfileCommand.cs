using System.CommandLine;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tool.Commands;

/// <summary><c>flowcompile profile</c>: measures every sub-agent under every setting, then compiles the plan.</summary>
internal static class ProfileCommand
{
    private const int DefaultProbes = 3;
    private const int DefaultVerified = 20;

    public static Command Create()
    {
        var project = new ProjectOptions();
        var cases = CommonOptions.Cases("validation cases");
        var store = CommonOptions.Store();
        var plan = CommonOptions.Plan();
        var keepAll = CommonOptions.KeepAll();
        var json = CommonOptions.Json();
        var concurrency = LimitOptions.Number<int>("--concurrency", "How many calls run at once; latencies are measured under this load.", "N", 1, "a number of 1 or more");
        concurrency.DefaultValueFactory = _ => Environment.ProcessorCount;
        var batch = LimitOptions.Number<int>("--batch", "How many calls a model in this process decodes together, once enough of each setting are timed alone.", "N", 1, "a number of 1 or more");
        batch.DefaultValueFactory = _ => 1;
        var maxCost = LimitOptions.Number<double?>("--max-cost", "Stop when the calls of this run have cost this much; what is measured is compiled.", "amount", 0, "an amount of 0 or more");
        var maxTokens = LimitOptions.Number<long?>("--max-tokens", "Stop when the calls of this run have taken so many tokens.", "N", 0, "a number of 0 or more");
        var maxMinutes = LimitOptions.Number<double?>("--max-time", "Stop after so many minutes.", "minutes", 0, "a number of minutes from 0 to a million", most: 1e6);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say how many calls, tokens, how much money and time it would take, without a call." };
        var status = new Option<bool>("--status") { Description = "Say what of the profile is missing or stale and why, without a call." };
        var probe = LimitOptions.Number<int?>("--probe", "With --dry-run: make a few calls of each model first, so that the figures rest on something; what they measure is kept.", "N", 1, "a number of 1 or more");
        probe.Arity = ArgumentArity.ZeroOrOne;
        var aside = new Option<bool>("--set-damaged-aside") { Description = "Set rows of the store aside that are damaged or were changed by hand, and measure again what they were." };
        var retry = new Option<bool>("--retry-failures") { Description = "Make calls again that failed in an earlier profile." };
        var exhaustive = new Option<bool>("--exhaustive") { Description = "Measure every setting on every case; otherwise those that the frontier does without are measured on the first cases only, and the others until --precision is reached." };
        var precision = LimitOptions.Number<double>("--precision", "Stop where more cases would hardly move the frontier: by no more than this share of its hypervolume in 90 of 100 draws; 0 measures what is not dropped on every case.", "share", 0, "a number from 0 to 1", most: 1);
        precision.DefaultValueFactory = _ => 0.01;

        var verify = LimitOptions.Number<int>("--verify", "Run the plan's configurations end to end on so many of the cases, to verify and correct the estimates; fewer where they are confirmed before, 0 for none.", "N", 0, "a number of 0 or more");
        verify.DefaultValueFactory = _ => DefaultVerified;
        var command = new Command("profile", "Measure every sub-agent under every setting, and compile the plan. Goes on where it was stopped.")
        {
            project, cases, store, plan, concurrency, batch, maxCost, maxTokens, maxMinutes, exhaustive, precision, verify, retry, dryRun, probe, status, aside, keepAll, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(exhaustive) && result.GetResult(precision) is { Implicit: false })
            {
                result.AddError("--exhaustive measures every case, so there is no --precision to reach; leave one of them out.");
            }

            if (result.GetResult(probe) is not null && !result.GetValue(dryRun))
            {
                result.AddError("--probe belongs to --dry-run, which says what a profile would take; add it, or leave --probe out.");
            }
        });
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            var options = new ProfilerOptions
            {
                Concurrency = result.GetValue(concurrency),
                Batch = result.GetValue(batch),
                RetryFailures = result.GetValue(retry),
                MaxCost = result.GetValue(maxCost),
                MaxTokens = result.GetValue(maxTokens),
                MaxTime = result.GetValue(maxMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            };
            var isOnlyAsked = result.GetValue(dryRun) || result.GetValue(status);

            // What cannot be compiled is said before anything is measured.
            foreach (var descriptor in session.Workflows)
            {
                FlowCompiler.Check(descriptor.Graph, CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name)));
                if (!isOnlyAsked)
                {
                    PlanTarget.Check(session.PlanPath(descriptor, result.GetValue(plan)));
                }
            }

            if (!isOnlyAsked || result.GetResult(probe) is not null)
            {
                WarnOfPrices(session, options);
            }

            var limits = new CommandLimits(options);
            foreach (var descriptor in session.Workflows)
            {
                var storePath = session.StorePath(descriptor, result.GetValue(store));
                var limit = result.GetValue(cases);
                // What a deployment within limits needs may be on no frontier of all models.
                var race = result.GetValue(exhaustive) || session.Settings.Deployment is not null ? null
                    : new FrontierRace(descriptor.Graph, session.Settings, CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name)))
                    {
                        Precision = result.GetValue(precision),
                        Models = [.. session.Models.Names.Select(name => new ProfiledModel(name, name, null) { Capacity = CapacityOf(session.Models[name]) })],
                    };
                using var opened = Open(descriptor.Graph.Name, storePath, result.GetValue(aside));
                if (isOnlyAsked)
                {
                    var probes = result.GetResult(probe) is null ? (int?)null : result.GetValue(probe) ?? DefaultProbes;
                    var spent = await LookAsync(session, descriptor, opened, limit, limits.Left with { Race = race }, result.GetValue(status), probes, result.GetValue(verify), result.GetValue(json), cancellationToken);
                    limits.Add(spent);
                    continue;
                }

                var summary = await MeasureAsync(session, descriptor, opened, limit, limits.Left with { Race = race }, cancellationToken);
                limits.Add(summary.Spent);
                summary = await VerifyAsync(session, descriptor, opened, summary, limit, limits.Left, result.GetValue(verify), cancellationToken);
                limits.Add(summary.Spent);
                var path = session.PlanPath(descriptor, result.GetValue(plan));
                PlanCompilation.CompileAndShow(session, descriptor, summary, path, result.GetValue(keepAll), result.GetValue(json), cancellationToken);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ProfileStore Open(string workflow, string path, bool setDamagedAside)
    {
        var store = ProfileStore.Open(path, setDamagedAside: setDamagedAside);
        if (store.SetAside > 0)
        {
            Results.Warning($"{workflow}: {Results.Count(store.SetAside)} {(store.SetAside == 1 ? "row was" : "rows were")} set aside in {store.Path}, damaged ones and those that are nothing without them; what they were is measured again.");
        }

        return store;
    }

    // What runs in this process or on this machine has no price and needs none.
    private static void WarnOfPrices(WorkflowSession session, ProfilerOptions options)
    {
        var unpriced = options.MaxCost is null ? [] : session.Models.Names
            .Where(name => session.Settings.FindModel(name)?.Price is null && session.Models[name].GetService(typeof(ModelDescription)) is not ModelDescription { RunsHere: true }).ToList();
        if (unpriced.Count > 0)
        {
            Results.Warning($"--max-cost does not count the calls of {string.Join(", ", unpriced)}, which have no 'price' in flowcompile.json; add one, or use --max-tokens.");
        }
    }

    private static async Task<ProfileSpending?> LookAsync(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileStore store, int? limit, ProfilerOptions options, bool status, int? probes, int verify, bool json, CancellationToken cancellationToken)
    {
        var cases = CaseFile.Read(session.Settings.GetWorkflow(descriptor.Graph.Name).Cases, descriptor, limit);
        var profiler = new Profiler(descriptor, session.Models, session.Settings, store, options);
        if (status)
        {
            OutlookText.Write(descriptor.Graph.Name, await profiler.GetStatusAsync(cases, cancellationToken), json);
            return null;
        }

        var forecast = probes is { } calls ? await profiler.ProbeAsync(cases, calls, cancellationToken) : await profiler.ForecastAsync(cases, cancellationToken);
        forecast = forecast with { Verification = verify == 0 ? null : profiler.ForecastVerification(PlanOf(session, descriptor, store, forecast, cancellationToken), cases, verify) };
        OutlookText.Write(descriptor.Graph.Name, forecast, json);
        return forecast.Probed;
    }

    // Where there is nothing to measure, the plan is known whose configurations are run.
    private static IReadOnlyList<WorkflowConfiguration>? PlanOf(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileStore store, ProfileForecast forecast, CancellationToken cancellationToken)
    {
        if (forecast is not { Calls: 0, ReferenceRuns: 0, AlreadyThere: > 0 })
        {
            return null;
        }

        var options = CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name));
        try
        {
            var table = ProfileTable.From(descriptor.Graph, ProfileSummary.Read(store, session.Settings), new SettingSpace(descriptor, session.Settings));
            return FlowCompiler.Compile(table, options, cancellationToken: cancellationToken).Plan.Configurations;
        }
        catch (Exception e) when (e is CompileException or ProfileException)
        {
            return null;
        }
    }

    // What is in the plan is run end to end, and what that shows is kept in the store, where the plan is compiled from.
    private static async Task<ProfileSummary> VerifyAsync(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileStore store, ProfileSummary summary, int? limit, ProfilerOptions options, int count, CancellationToken cancellationToken)
    {
        if (count == 0 || summary.StoppedBy is not null)
        {
            return summary with { Spent = null };
        }

        var compileOptions = CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name));
        ProfileTable table;
        IReadOnlyList<WorkflowConfiguration> points;
        try
        {
            table = ProfileTable.From(descriptor.Graph, summary, new SettingSpace(descriptor, session.Settings));
            points = FlowCompiler.Compile(table, compileOptions, cancellationToken: cancellationToken).Plan.Configurations;
        }
        catch (CompileException)
        {
            return summary with { Spent = null }; // compiling says it, after the warnings of what is lacking
        }

        var cases = CaseFile.Read(session.Settings.GetWorkflow(descriptor.Graph.Name).Cases, descriptor, limit);
        using var display = new ProgressDisplay();
        var verified = await new Profiler(descriptor, session.Models, session.Settings, store, options)
            .VerifyAsync(points, cases, count, new CasePredictions(table, compileOptions).AccuracyOf, new Relay(display), cancellationToken);
        if (verified.StoppedBy is { } limitReached)
        {
            SpendingText.Write(descriptor.Graph.Name, limitReached, verified.Spent!);
        }

        var failed = verified.Runs.Where(run => run is { Purpose: RunPurpose.Verification, Error: not null }).ToList();
        if (failed.Count > 0)
        {
            Results.Warning($"{descriptor.Graph.Name}: {Results.Count(failed.Count)} of {Results.Count(verified.Runs.Count(run => run.Purpose == RunPurpose.Verification))} end-to-end runs failed; the first: {ShownText.OfMessage(failed[0].Error!)}");
        }

        return verified;
    }

    private static async Task<ProfileSummary> MeasureAsync(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileStore store, int? limit, ProfilerOptions options, CancellationToken cancellationToken)
    {
        var cases = CaseFile.Read(session.Settings.GetWorkflow(descriptor.Graph.Name).Cases, descriptor, limit);
        using var display = new ProgressDisplay();
        var profiler = new Profiler(descriptor, session.Models, session.Settings, store, options);
        if (profiler.UnmatchedCode.Count > 0)
        {
            Results.Note(
                $"{descriptor.Graph.Name}: the profile is of an earlier version, which took debug and release code for different; {ShownText.Join(", ", profiler.UnmatchedCode)} cannot be matched, and this once is measured again");
        }

        var summary = await profiler.RunAsync(cases, new Relay(display), cancellationToken);
        if (summary.StoppedBy is { } limitReached)
        {
            SpendingText.Write(descriptor.Graph.Name, limitReached, summary.Spent!);
        }

        ReportFailures(descriptor.Graph.Name, summary);
        ThinkingText.Write(descriptor.Graph.Name, summary, session.Settings);
        RaceText.Write(descriptor.Graph.Name, summary.Manifest);
        return summary;
    }

    private static ModelCapacity? CapacityOf(IChatClient model) => (model.GetService(typeof(ModelDescription)) as ModelDescription)?.Capacity;

    private static void ReportFailures(string workflow, ProfileSummary summary)
    {
        if (summary.FailedReferenceRuns > 0)
        {
            Results.Warning($"{workflow}: {summary.FailedReferenceRuns} reference runs failed; their cases have no induced inputs.");
        }

        // One cause is one line, however many settings it struck.
        foreach (var cause in summary.Rows.Where(row => row.Failures > 0).GroupBy(row => row.FirstError))
        {
            var first = cause.First();
            var others = cause.Count() > 1 ? $" and {cause.Count() - 1} more settings" : "";
            Results.Warning(
                $"{workflow}: {Results.Count(cause.Sum(row => row.Failures))} of {Results.Count(cause.Sum(row => row.Planned))} calls of {first.Node} under {first.Setting}{others} failed: {ShownText.OfMessage(cause.Key ?? "")}");
        }
    }

    private sealed class Relay(ProgressDisplay display) : IProgress<ProfileProgress>
    {
        public void Report(ProfileProgress value) => display.Show(
            value.Phase switch { ProfilePhase.Cells => "Measuring sub-agents", ProfilePhase.Verification => "Verifying end to end", _ => "Running references" },
            (value.Node.Length == 0 ? "" : $"{value.Node} {value.Setting}") + (value.Failures > 0 ? $"  {value.Failures} failed" : ""),
            value.Done, value.Total, value.PerSecond, value.TimeLeft);
    }
}
