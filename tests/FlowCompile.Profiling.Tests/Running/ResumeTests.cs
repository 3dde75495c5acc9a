using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Running;

public sealed class ResumeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Second_run_measures_nothing()
    {
        var first = new ProfileRun(_folder.File("store.db"));
        var second = new ProfileRun(first.Store);
        var before = await first.RunAsync();
        var after = await second.RunAsync();

        Assert.True(before.IsComplete);
        Assert.NotEmpty(first.Calls);
        Assert.Empty(second.Calls);
        Assert.Equal(before.ProfileHash, after.ProfileHash);
    }

    [Fact]
    public async Task Interrupted_run_keeps_what_it_measured_and_the_next_one_measures_the_rest()
    {
        var whole = await new ProfileRun(_folder.File("whole.db")).RunAsync();
        using var stop = new CancellationTokenSource();
        var interrupted = new ProfileRun(_folder.File("store.db"))
        {
            Progress = new Immediate(progress =>
            {
                if (progress is { Phase: ProfilePhase.Cells, Done: > 40 })
                {
                    stop.Cancel();
                }
            }),
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted.RunAsync(cancellationToken: stop.Token));
        var kept = Read(interrupted.Store);

        var rest = new ProfileRun(interrupted.Store);
        var done = await rest.RunAsync();

        Assert.InRange(kept.Outcomes.Count, 40, whole.Planned - 1);
        Assert.Equal(whole.Planned - kept.Outcomes.Count, rest.Calls.Count);
        Assert.Equal(ProfileSummary.HashOutcomes(whole.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(done.Outcomes, withTimes: false));
        Assert.Superset(kept.Outcomes.Select(Row).ToHashSet(), done.Outcomes.Select(Row).ToHashSet());
    }

    [Fact]
    public async Task More_cases_measure_only_what_is_new()
    {
        var few = new ProfileRun(_folder.File("store.db"));
        var many = new ProfileRun(few.Store);
        await few.RunAsync(3);
        await many.RunAsync(5);

        Assert.DoesNotContain(many.Calls, call => call.Prompt.Split(' ')[1] is "1" or "2" or "3");
        Assert.Contains(many.Calls, call => call.Prompt.Split(' ')[1] == "5");
    }

    [Fact]
    public async Task Fewer_cases_give_the_summary_of_those_cases()
    {
        var store = _folder.File("store.db");
        await new ProfileRun(store).RunAsync(5);
        var few = new ProfileRun(store);
        var summary = await few.RunAsync(2);

        Assert.Empty(few.Calls);
        Assert.Equal(["n1", "n2"], summary.Outcomes.Select(one => one.Cell.CaseId).Distinct());
    }

    private static string Row(ProfiledOutcome one) => $"{one.Cell.Key} {one.Outcome.Output} {one.Outcome.Latency}";

    private static ProfileSummary Read(string path)
    {
        using var store = ProfileStore.Open(path);
        return ProfileSummary.Read(store, Doubling.Settings());
    }
}
