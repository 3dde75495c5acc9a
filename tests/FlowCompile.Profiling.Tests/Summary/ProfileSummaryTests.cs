using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Summary;

public sealed class ProfileSummaryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_are_the_means_of_their_outcomes()
    {
        var summary = await new ProfileRun(_folder.File("store.db")).RunAsync(9);
        Assert.Equal(16, summary.Rows.Count);
        foreach (var row in summary.Rows)
        {
            var all = summary.Outcomes.Where(one => one.Cell.Node == row.Node && one.Cell.Setting == row.Setting).ToList();
            var outcomes = all.Where(one => row.Node != "Choose" || one.Cell.Variant != InputVariant.Composed).ToList();
            var (input, output) = row.Setting.Model == "big" ? (10, 20) : (1, 2);
            Assert.Equal(all.Count, row.Planned);
            Assert.Equal(outcomes.Average(one => one.Outcome.Score!.Value), row.Accuracy.Value!.Value, 12);
            Assert.Equal(outcomes.Count(one => one.Cell.InputsRight), row.AccuracyGivenRight.Count);
            Assert.Equal(outcomes.Count(one => !one.Cell.InputsRight), row.AccuracyGivenWrong.Count);
            Assert.Equal(outcomes.Average(one => one.Outcome.InputTokens), row.InputTokens, 12);
            Assert.Equal(row.Setting.Budget / 2, row.ThinkingTokens, 12);
            Assert.Equal(((row.InputTokens * input) + ((row.ThinkingTokens + row.OutputTokens) * output)) / 1e6, row.Cost, 15);
            Assert.Equal(outcomes.Average(one => one.Outcome.Latency.Ticks), row.Latency!.Value.Mean.Ticks, 1.0);
            Assert.Equal(
                all.Where(one => row.Node == "Choose").GroupBy(one => (one.Cell.Candidates, one.Cell.RightCandidates))
                    .Select(group => new CandidateAccuracy(group.Key.Candidates, group.Key.RightCandidates, Mean.Of(group.Select(one => one.Outcome.Score!.Value)))).ToHashSet(),
                row.AccuracyByCandidates.ToHashSet());
        }
    }

    [Fact]
    public async Task Summary_that_is_read_equals_the_one_that_was_measured()
    {
        var run = new ProfileRun(_folder.File("store.db"));
        var measured = await run.RunAsync(3);
        using var store = ProfileStore.Open(run.Store, create: false);
        var read = ProfileSummary.Read(store, run.Settings);

        Assert.Equal(measured.ProfileHash, read.ProfileHash);
        Assert.Equivalent(measured.Manifest, read.Manifest, strict: true);
        Assert.Equal(measured.Outcomes.Select(one => one.Cell), read.Outcomes.Select(one => one.Cell));
    }

    [Fact]
    public async Task Token_times_come_back_as_they_were()
    {
        var summary = await new ProfileRun(_folder.File("store.db")).RunAsync(1);
        var outcome = summary.Outcomes.First(one => one.Cell is { Node: "Draft", Setting.Budget: 32 }).Outcome;

        Assert.Equal(outcome.ThinkingTokens + outcome.OutputTokens, outcome.TokenTimes.Count);
        Assert.Equal(Enumerable.Range(1, outcome.TokenTimes.Count).Select(i => TimeSpan.FromMilliseconds(i)), outcome.TokenTimes);
    }

    [Fact]
    public void Store_without_a_profile_says_what_to_run()
    {
        using var store = ProfileStore.Open(_folder.File("store.db"));
        var error = Assert.Throws<ProfileException>(() => ProfileSummary.Read(store, Doubling.Settings()));
        Assert.Contains("run 'flowcompile profile' first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latencies_are_summarized_by_what_was_measured()
    {
        var summary = LatencySummary.Of(Enumerable.Range(1, 20).Reverse().Select(i => TimeSpan.FromSeconds(i)))!.Value;
        Assert.Equal((10.5, 10, 19), (summary.Mean.TotalSeconds, summary.P50.TotalSeconds, summary.P95.TotalSeconds));
        Assert.Equal(new LatencySummary(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), LatencySummary.Of([TimeSpan.FromSeconds(3)]));
        Assert.Null(LatencySummary.Of([]));
    }

    [Fact]
    public void Mean_of_nothing_is_no_number() => Assert.Equal(new Mean(null, 0), Mean.Of([]));
}
