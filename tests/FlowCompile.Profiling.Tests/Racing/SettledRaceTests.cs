using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Racing;

public sealed class SettledRaceTests : IDisposable
{
    private static readonly DropAfter s_ending = new(10, settled: 20);
    private static readonly DropAfter s_endless = new(10);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_called_on_the_cases_after_the_end_not_even_the_reference_runs()
    {
        var run = Run(s_ending);
        var summary = await run.RunAsync(35);

        Assert.Equal(new SettledRace(20, "enough"), summary.Manifest.Settled);
        Assert.Equal(35, summary.Manifest.Cases);
        Assert.Equal(20, summary.Outcomes.Select(one => one.Cell.CaseId).Distinct().Count());
        Assert.Equal(20, run.Calls.Count(call => call is { Model: "small", Budget: 0, Seed: null } && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)));
        Assert.True(summary.IsComplete);
    }

    [Fact]
    public async Task Cases_that_are_measured_are_not_the_first_of_the_file_and_the_same_in_any_order_of_it()
    {
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 35);
        var first = await Run(s_ending).RunAsync(cases);
        var again = Run(s_ending);
        var second = await again.RunAsync([.. cases.Reverse()]);

        Assert.NotEqual(CasesOf(first), cases.Take(20).Select(one => one.Id).ToHashSet());
        Assert.Equal(CasesOf(first), CasesOf(second));
        Assert.Empty(again.Calls);

        static HashSet<string> CasesOf(ProfileSummary summary) => [.. summary.Outcomes.Select(one => one.Cell.CaseId)];
    }

    [Fact]
    public async Task Second_run_measures_nothing_and_ends_the_same()
    {
        var first = await Run(s_ending).RunAsync(35);
        var again = Run(s_ending);
        var second = await again.RunAsync(35);
        Assert.Empty(again.Calls);
        Assert.Equal(first.ProfileHash, second.ProfileHash);
        Assert.Equal(first.Manifest.Settled, second.Manifest.Settled);
    }

    [Fact]
    public async Task Race_that_goes_on_measures_the_rest_and_ends_as_if_it_had_never_stopped()
    {
        await Run(s_ending).RunAsync(35);
        var rest = Run(s_endless);
        var summary = await rest.RunAsync(35);
        var whole = await new ProfileRun(_folder.File("whole.db")) { Options = new ProfilerOptions { Race = s_endless } }.RunAsync(35);

        Assert.Equal(15, rest.Calls.Count(call => call is { Model: "small", Budget: 0, Seed: null } && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)));
        Assert.Null(summary.Manifest.Settled);
        Assert.Equal(ProfileSummary.HashOutcomes(whole.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false));
    }

    [Fact]
    public async Task Race_over_a_store_that_has_everything_leaves_the_other_cases_out()
    {
        await Run(null).RunAsync(35);
        var raced = Run(s_ending);
        var summary = await raced.RunAsync(35);
        Assert.Empty(raced.Calls);
        Assert.Equal(20, summary.Outcomes.Select(one => one.Cell.CaseId).Distinct().Count());
        Assert.True(summary.IsComplete);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(700)]
    public async Task Stopped_race_goes_on_where_it_was_and_ends_the_same(int after)
    {
        var whole = await new ProfileRun(_folder.File("whole.db")) { Options = new ProfilerOptions { Race = s_ending } }.RunAsync(35);
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var stopped = new ProfileRun(_folder.File("store.db"))
        {
            Options = new ProfilerOptions { Concurrency = 4, Race = s_ending },
            Answer = call =>
            {
                if (Interlocked.Increment(ref calls) == after)
                {
                    stop.Cancel();
                }

                return Skill.Answer(call);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunAsync(35, stop.Token));
        var rest = Run(s_ending);
        var summary = await rest.RunAsync(35);
        Assert.NotEmpty(rest.Calls);
        Assert.Equal(whole.Manifest.Settled, summary.Manifest.Settled);
        Assert.Equal(ProfileSummary.HashOutcomes(whole.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false));
    }

    [Fact]
    public async Task Nothing_is_missing_of_the_cases_after_the_end()
    {
        await Run(s_ending).RunAsync(35);
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 35);
        var (status, forecast) = (await Run(s_ending).StatusAsync(cases), await Run(s_ending).ForecastAsync(35));

        Assert.True(status.IsUpToDate);
        Assert.Equal(20, status.Settled?.Cases);
        Assert.Equal(20, forecast.Settled?.Cases);
        Assert.Equal(0, forecast.CallsAtMost);
    }

    [Fact]
    public async Task All_of_them_are_missing_for_a_race_that_would_go_on()
    {
        await Run(s_ending).RunAsync(35);
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 35);
        foreach (var race in new[] { s_endless, null })
        {
            var (status, forecast) = (await Run(race).StatusAsync(cases), await Run(race).ForecastAsync(35));
            Assert.Empty(status.Changes);
            Assert.False(status.IsUpToDate);
            Assert.Null(status.Settled);
            Assert.Equal(30, status.MissingReferenceRuns);
            Assert.Null(forecast.Settled);
            Assert.InRange(forecast.CallsAtMost, 15 * 3, int.MaxValue);
        }
    }

    [Fact]
    public async Task Other_cases_are_a_change_whether_they_were_measured_or_not()
    {
        var cases = ProfileRun.Cases(DoublingWorkflow.Descriptor, 35);
        var summary = await Run(s_ending).RunAsync(cases);
        var measured = summary.Outcomes.Select(one => one.Cell.CaseId).ToHashSet();

        Assert.Equal("The cases are others than before, though all that were measured are among them.", await ChangeOf(cases.First(one => !measured.Contains(one.Id))));
        Assert.Equal("The cases are others than before: 1 of those that were measured are left out.", await ChangeOf(cases.First(one => measured.Contains(one.Id))));

        async Task<string> ChangeOf(WorkflowCase without)
        {
            var change = Assert.Single((await Run(s_ending).StatusAsync([.. cases.Where(one => one != without)])).Changes);
            Assert.Equal(ChangeKind.Cases, change.Kind);
            return change.Text;
        }
    }

    [Fact]
    public async Task Where_every_reference_run_fails_the_first_block_says_so()
    {
        var run = new ProfileRun(_folder.File("store.db"))
        {
            Options = new ProfilerOptions { Concurrency = 4, Race = s_ending },
            Answer = _ => throw new InvalidOperationException("The model is asleep."),
        };
        var error = await Assert.ThrowsAsync<ProfileException>(() => run.RunAsync(35));
        Assert.Contains("The model is asleep.", error.Message, StringComparison.Ordinal);
        Assert.Equal(10, run.Calls.Select(call => call.Prompt).Distinct().Count());
    }

    [Fact]
    public async Task Limit_stops_a_race_within_a_block_with_what_is_measured()
    {
        var run = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 1, Race = s_ending, MaxTokens = 12_000 } };
        var summary = await run.RunAsync(35);
        Assert.Equal(ProfileLimit.Tokens, summary.StoppedBy);
        Assert.Null(summary.Manifest.Settled);
        Assert.NotEmpty(summary.Outcomes);
        var rest = await Run(s_ending).RunAsync(35);
        Assert.Equal(20, rest.Manifest.Settled?.Cases);
    }

    private ProfileRun Run(ISettingRace? race) => new(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 4, Race = race } };
}
