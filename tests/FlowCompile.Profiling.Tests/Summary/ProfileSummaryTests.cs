using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;

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
    public async Task Cached_tokens_of_prompts_cost_what_they_cost()
    {
        // Every prompt is cached but for three tokens; twice as many are said of every second one, which cannot be.
        var settings = Doubling.Settings();
        var price = new ModelPrice(5, 2) { CachedInputPerMillion = 0.5 };
        var run = new ProfileRun(_folder.File("store.db"))
        {
            Settings = settings with { Models = [.. settings.Models.Select(model => model with { Price = price })] },
            Cached = call => call.Prompt.Length % 2 == 0 ? call.Prompt.Length - 3 : 2 * call.Prompt.Length,
        };
        var summary = await run.RunAsync(3);
        Assert.Contains(summary.Outcomes, one => one.Outcome.CachedInputTokens == one.Outcome.InputTokens - 3);
        Assert.All(summary.Outcomes, one => Assert.Equal(one.Outcome.InputTokens - (one.Outcome.InputTokens % 2 == 0 ? 3 : 0), one.Outcome.CachedInputTokens));
        foreach (var row in summary.Rows.Where(row => row.Node != "Choose"))
        {
            var costs = summary.Outcomes.Where(one => one.Cell.Node == row.Node && one.Cell.Setting == row.Setting).Select(one => one.Outcome).Select(
                one => (((one.InputTokens - one.CachedInputTokens) * 5) + (one.CachedInputTokens * 0.5) + ((one.ThinkingTokens + one.OutputTokens) * 2)) / 1e6);
            Assert.Equal(costs.Average(), row.Cost, 15);
        }

        // What was billed is what all calls cost, those of the reference runs too.
        var billed = run.Calls.Sum(call => ((call.Prompt.Length % 2 == 0 ? (3 * 5) + ((call.Prompt.Length - 3) * 0.5) : call.Prompt.Length * 0.5)
            + (((call.Budget / 2) + Skill.Answer(call).Length) * 2)) / 1e6);
        Assert.Equal(billed, summary.Spent!.Cost, 12);

        // And what is still to be measured costs as much as what was.
        var forecast = await new ProfileRun(run.Store) { Settings = run.Settings, Cached = run.Cached }.ForecastAsync(9);
        Assert.All(forecast.Models, model => Assert.InRange(
            (model.Cost * 1e6) - (model.GeneratedTokens * 2), model.InputTokens * 0.5, (model.InputTokens * 0.5) + (model.CallsAtMost * 3 * 4.5)));
        Assert.All(forecast.Models, model => Assert.NotEqual(0, model.InputTokens));
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
