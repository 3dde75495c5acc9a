using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Racing;

public sealed class RaceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dropped_setting_is_no_longer_measured_and_no_part_of_the_profile()
    {
        var run = Run(new DropAfter(10));
        var summary = await run.RunAsync(25);

        Assert.Equal(10, run.Calls.Count(call => call is { Model: "small", Budget: 32, Seed: null } && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)));
        Assert.Equal(25, run.Calls.Count(call => call is { Model: "small", Budget: 0, Seed: null } && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)));
        Assert.DoesNotContain(summary.Rows, row => row.Node == "Draft" && row.Setting == DropAfter.Setting);
        Assert.DoesNotContain(summary.Outcomes, one => one.Cell.Node == "Draft" && one.Cell.Setting == DropAfter.Setting);
        Assert.Equal("worse", Assert.Single(summary.Manifest.Dropped).Reason);
        Assert.True(summary.IsComplete);
    }

    [Fact]
    public async Task Second_run_of_a_race_measures_nothing_and_ends_the_same()
    {
        var first = await Run(new DropAfter(10)).RunAsync(25);
        var again = Run(new DropAfter(10));
        var second = await again.RunAsync(25);
        Assert.Empty(again.Calls);
        Assert.Equal(first.ProfileHash, second.ProfileHash);
    }

    [Fact]
    public async Task Without_the_race_the_rest_is_measured()
    {
        await Run(new DropAfter(10)).RunAsync(25);
        var run = Run(null);
        var summary = await run.RunAsync(25);
        var whole = await new ProfileRun(_folder.File("whole.db")).RunAsync(25);

        Assert.Equal(15, run.Calls.Count(call => call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)));
        Assert.Empty(summary.Manifest.Dropped);
        Assert.Equal(ProfileSummary.HashOutcomes(whole.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false));
    }

    [Fact]
    public async Task Dropped_setting_is_no_change()
    {
        var run = Run(new DropAfter(10));
        await run.RunAsync(25);
        Assert.Empty((await run.StatusAsync(ProfileRun.Cases(run.Descriptor, 25))).Changes);
    }

    [Fact]
    public async Task Nothing_is_missing_of_what_the_race_would_drop_again()
    {
        await Run(new DropAfter(10)).RunAsync(25);
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 25);
        var (status, forecast) = (await Run(new DropAfter(10)).StatusAsync(cases), await Run(new DropAfter(10)).ForecastAsync(25));

        Assert.True(status.IsUpToDate);
        Assert.Equal(DropAfter.Setting, Assert.Single(status.Dropped).Setting);
        Assert.True(forecast.IsRaced);
        Assert.Equal(DropAfter.Setting, Assert.Single(forecast.Dropped).Setting);
        Assert.Equal(0, forecast.CallsAtMost);
    }

    [Fact]
    public async Task Without_the_race_all_of_it_is_missing()
    {
        await Run(new DropAfter(10)).RunAsync(25);
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 25);
        var (status, forecast) = (await Run(null).StatusAsync(cases), await Run(null).ForecastAsync(25));

        Assert.Empty(status.Dropped);
        Assert.Equal(15, status.Nodes.Single(node => node.Node == "Draft").Missing);
        Assert.False(forecast.IsRaced);
        Assert.Empty(forecast.Dropped);
        Assert.Equal(15, forecast.Calls);
    }

    [Fact]
    public async Task Race_over_other_cases_may_drop_otherwise_so_that_nothing_is_left_out()
    {
        await Run(new DropAfter(10)).RunAsync(25);
        var status = await Run(new DropAfter(10)).StatusAsync(ProfileRun.Cases(DoublingWorkflow.Descriptor, 26));

        Assert.Empty(status.Dropped);
        Assert.InRange(status.Nodes.Single(node => node.Node == "Draft").Missing, 15, int.MaxValue);
    }

    [Fact]
    public async Task Stopped_race_goes_on_where_it_was_and_ends_the_same()
    {
        var whole = await new ProfileRun(_folder.File("whole.db")) { Options = new ProfilerOptions { Race = new DropAfter(10) } }.RunAsync(25);
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var stopped = new ProfileRun(_folder.File("store.db"))
        {
            Options = new ProfilerOptions { Concurrency = 4, Race = new DropAfter(10) },
            Answer = call =>
            {
                if (Interlocked.Increment(ref calls) == 900)
                {
                    stop.Cancel();
                }

                return Skill.Answer(call);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunAsync(25, stop.Token));
        var rest = Run(new DropAfter(10));
        var summary = await rest.RunAsync(25);
        Assert.NotEmpty(rest.Calls);
        Assert.Equal(whole.Manifest.Dropped, summary.Manifest.Dropped);
        Assert.Equal(ProfileSummary.HashOutcomes(whole.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false));
    }

    private ProfileRun Run(ISettingRace? race) => new(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 4, Race = race } };
}
