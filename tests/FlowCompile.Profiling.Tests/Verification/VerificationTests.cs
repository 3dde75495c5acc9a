using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Verification;

public sealed class VerificationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static WorkflowDescriptor Descriptor => DoublingWorkflow.Descriptor;

    private static IReadOnlyList<WorkflowConfiguration> Points { get; } =
    [
        .. from model in new[] { "small", "big" }
           from structure in new StructureSpace(Descriptor.Graph).Enumerate().Take(3)
           select new WorkflowConfiguration($"{model}-{structure.ToText(Descriptor.Graph)}", structure,
               [.. Descriptor.Graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && structure.IsCalled(i) ? new Setting(model, 32) : (Setting?)null)]),
    ];

    [Fact]
    public async Task Every_configuration_runs_once_on_each_case_and_never_again()
    {
        var run = Run();
        await run.RunAsync(6);
        var before = run.Calls.Count;
        var summary = await VerifyAsync(run, 6, 4);
        var verified = summary.Runs.Where(one => one.Purpose == RunPurpose.Verification).ToList();
        Assert.Equal(Points.Count * 4, verified.Count);
        Assert.Equal(4, verified.Select(one => one.CaseId).Distinct().Count());
        Assert.Equal(Points.Select(point => point.ToText(Descriptor.Graph)).Order(), verified.Select(one => one.Configuration).Distinct().Order());
        Assert.All(verified, one => Assert.True(one is { Score: 0 or 1, Error: null, Concurrency: 4 } && one.Latency > TimeSpan.Zero));
        Assert.True(run.Calls.Count > before);

        // On the same cases nothing is left to do; on more of them, these.
        var again = Run();
        Assert.Equal(verified, (await VerifyAsync(again, 6, 4)).Runs.Where(one => one.Purpose == RunPurpose.Verification));
        Assert.Empty(again.Calls);
        Assert.Equal(Points.Count * 6, (await VerifyAsync(again, 6, 99)).Runs.Count(one => one.Purpose == RunPurpose.Verification));
    }

    [Fact]
    public async Task Reference_runs_keep_their_latencies()
    {
        var summary = await Run().RunAsync(5);
        Assert.Equal(5 * 2, summary.Runs.Count);
        Assert.All(summary.Runs, one => Assert.True(one is { Purpose: RunPurpose.Reference, Score: null, Error: null, Concurrency: 4 } && one.Latency > TimeSpan.Zero));
        Assert.Equal(2, summary.Runs.Select(one => one.Configuration).Distinct().Count());
    }

    [Fact]
    public async Task Runs_of_another_model_or_case_say_nothing()
    {
        await Run().RunAsync(6);
        await VerifyAsync(Run(), 6, 3);
        var changed = new ProfileRun(_folder.File("store.db")) { BigIdentity = "big-2" };
        var summary = await changed.RunAsync(6);
        Assert.All(summary.Runs.Where(one => one.Purpose == RunPurpose.Verification), one => Assert.DoesNotContain("big", one.Configuration, StringComparison.Ordinal));
        Assert.Equal(Points.Count / 2 * 3, summary.Runs.Count(one => one.Purpose == RunPurpose.Verification));
        Assert.Equal(Points.Count * 3, (await VerifyAsync(changed, 6, 3)).Runs.Count(one => one.Purpose == RunPurpose.Verification));
    }

    [Fact]
    public async Task It_ends_where_the_estimates_are_confirmed()
    {
        // What is predicted is what comes: after 17 cases that is clear enough.
        await Run().RunAsync(30);
        var truth = new Dictionary<(string, string), double>();
        var all = await VerifyAsync(Run(), 30, 30, (_, _) => null);
        foreach (var one in all.Runs.Where(one => one.Purpose == RunPurpose.Verification))
        {
            truth[(one.Configuration, one.CaseId)] = one.Score!.Value;
        }

        var other = new ProfileRun(_folder.File("other.db"));
        await other.RunAsync(30);
        var summary = await VerifyAsync(other, 30, 30, (point, id) => truth[(point.ToText(Descriptor.Graph), id)]);
        Assert.Equal(Points.Count * 30, truth.Count);
        Assert.Equal(Points.Count * 17, summary.Runs.Count(one => one.Purpose == RunPurpose.Verification));
    }

    [Fact]
    public async Task Stopped_it_loses_nothing_and_goes_on()
    {
        var run = Run();
        await run.RunAsync(6);
        using var stop = new CancellationTokenSource();
        var seen = 0;
        var progress = new Reporter(value => seen += value.Phase == ProfilePhase.Verification && value.Done >= 5 ? 1 : 0, () => seen > 0, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VerifyAsync(run, 6, 6, progress: progress, cancellationToken: stop.Token));
        int kept;
        using (var store = ProfileStore.Open(run.Store))
        {
            kept = ProfileSummary.Read(store, run.Settings).Runs.Count(one => one.Purpose == RunPurpose.Verification);
        }

        Assert.InRange(kept, 5, (Points.Count * 6) - 1);
        Assert.Equal(Points.Count * 6, (await VerifyAsync(run, 6, 6)).Runs.Count(one => one.Purpose == RunPurpose.Verification));
    }

    [Fact]
    public async Task Limits_on_spending_end_it_and_another_run_goes_on()
    {
        var run = Run();
        await run.RunAsync(6);
        var limited = new ProfileRun(run.Store) { Options = new ProfilerOptions { Concurrency = 1, MaxTokens = 300 } };
        var summary = await VerifyAsync(limited, 6, 6);
        Assert.Equal(ProfileLimit.Tokens, summary.StoppedBy);
        Assert.InRange(summary.Runs.Count(one => one.Purpose == RunPurpose.Verification), 1, (Points.Count * 6) - 1);
        Assert.InRange(summary.Spent!.Tokens, 300, 400);
        summary = await VerifyAsync(Run(), 6, 6);
        Assert.Null(summary.StoppedBy);
        Assert.Equal(Points.Count * 6, summary.Runs.Count(one => one.Purpose == RunPurpose.Verification));
    }

    [Fact]
    public async Task Failures_are_kept_and_made_again_only_when_asked()
    {
        await Run().RunAsync(4);
        var failing = new ProfileRun(_folder.File("store.db")) { Answer = call => call.Model == "small" ? throw new InvalidOperationException("no") : Skill.Answer(call) };
        var summary = await VerifyAsync(failing, 4, 4);
        Assert.Equal(Points.Count / 2 * 4, summary.Runs.Count(one => one.Error is not null));
        Assert.All(summary.Runs.Where(one => one.Error is not null), one => Assert.Null(one.Score));
        Assert.Equal(Points.Count / 2 * 4, (await VerifyAsync(Run(), 4, 4)).Runs.Count(one => one.Error is not null));
        var retried = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 2, RetryFailures = true } };
        Assert.DoesNotContain((await VerifyAsync(retried, 4, 4)).Runs, one => one.Error is not null);
    }

    [Fact]
    public async Task Forecast_is_of_the_runs_that_are_missing()
    {
        var run = Run();
        await run.RunAsync(6);
        var forecast = Forecast(run, Points);
        Assert.Equal((Points.Count, 4, Points.Count * 4, false), (forecast!.Configurations, forecast.Cases, forecast.Runs, forecast.IsAssumed));
        Assert.Equal(0, forecast.UnknownCalls);
        var before = run.Calls.Count;
        var summary = await VerifyAsync(run, 6, 4);
        Assert.InRange(run.Calls.Count - before, 1, forecast.Calls); // a selector with one candidate is not called
        Assert.InRange(summary.Spent!.Cost, forecast.Cost / 2, forecast.Cost * 1.5);
        Assert.Null(Forecast(run, Points));

        // Before anything is known it is of a usual plan.
        var fresh = Forecast(new ProfileRun(_folder.File("empty.db")), null);
        Assert.True(fresh is { IsAssumed: true, Configurations: 12, Cases: 4, Runs: 48 } && fresh.UnknownCalls == fresh.Calls);
    }

    private ProfileRun Run() => new(_folder.File("store.db"));

    private static VerificationForecast? Forecast(ProfileRun run, IReadOnlyList<WorkflowConfiguration>? points)
    {
        using var models = run.Models();
        using var store = ProfileStore.Open(run.Store);
        return new Profiler(Descriptor, models, run.Settings, store, run.Options).ForecastVerification(points, ProfileRun.Cases(Descriptor, 6), 4);
    }

    private static async Task<ProfileSummary> VerifyAsync(
        ProfileRun run, int cases, int count, Func<WorkflowConfiguration, string, double?>? predicted = null, IProgress<ProfileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var models = run.Models();
        using var store = ProfileStore.Open(run.Store);
        return await new Profiler(Descriptor, models, run.Settings, store, run.Options)
            .VerifyAsync(Points, ProfileRun.Cases(Descriptor, cases), count, predicted ?? ((_, _) => 0.5), progress, cancellationToken);
    }

    private sealed class Reporter(Action<ProfileProgress> see, Func<bool> stops, CancellationTokenSource stop) : IProgress<ProfileProgress>
    {
        public void Report(ProfileProgress value)
        {
            see(value);
            if (stops())
            {
                stop.Cancel();
            }
        }
    }
}
