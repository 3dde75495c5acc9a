using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Summary;

public sealed class BatchedTimesTests
{
    private static readonly Setting s_small = new("small", 8);

    [Fact]
    public void An_outcome_from_a_batch_has_the_times_of_a_timed_call_made_longer_or_shorter_by_its_tokens()
    {
        // A token takes 3 ms, and a call 5 ms and 7 ms besides.
        var filled = Fill(
            Timed(s_small, tokens: 10, milliseconds: 35), Timed(s_small, tokens: 20, milliseconds: 67),
            Batched(s_small, tokens: 12), Batched(s_small, tokens: 12), Batched(s_small, tokens: 5), Batched(s_small, tokens: 30));
        Assert.Equal([35.0, 67, 41, 43, 20, 97], filled.Select(one => one.Latency.TotalMilliseconds));
        Assert.Equal([false, false, true, true, true, true], filled.Select(one => one.IsBatched));
        Assert.All(filled, one => Assert.Equal(TimeSpan.FromMilliseconds(4), one.TimeToFirstToken));

        // The power is that of the timed call.
        Assert.Equal(0.41, filled[2].EnergyJoules!.Value, 9);
    }

    [Fact]
    public void No_call_is_shorter_than_to_its_first_token()
    {
        var filled = Fill(Timed(s_small, tokens: 100, milliseconds: 50), Batched(s_small, tokens: 0));
        Assert.Equal(TimeSpan.FromMilliseconds(4), filled[1].Latency);
    }

    [Fact]
    public void Without_a_timed_call_of_the_setting_those_of_another_budget_serve()
    {
        var filled = Fill(Timed(new Setting("small", 64), tokens: 40, milliseconds: 125), Batched(s_small, tokens: 20));
        Assert.Equal(65, filled[1].Latency.TotalMilliseconds);
    }

    [Fact]
    public void Without_a_timed_call_of_the_model_an_outcome_is_as_good_as_missing()
    {
        var summary = Summary(Timed(new Setting("big", 8), tokens: 4, milliseconds: 12), Batched(s_small, tokens: 20));
        Assert.Equal((2, 1, false), (summary.Planned, summary.Outcomes.Count, summary.IsComplete));
        var row = Assert.Single(summary.Rows, row => row.Setting == s_small);
        Assert.Equal((0, null), (row.Measured, row.Latency));
    }

    [Fact]
    public void A_failure_of_a_batch_stays_a_failure()
    {
        var summary = Summary(Batched(s_small, tokens: 0) with { Outcome = new Outcome { Failed = true, Error = "It broke.", IsBatched = true } });
        Assert.Equal((1, 1, 0), (summary.Failures, summary.Outcomes.Count, summary.UntimedCalls));
    }

    private static List<Outcome> Fill(params ProfiledOutcome[] outcomes) => [.. Summary(outcomes).Outcomes.Select(one => one.Outcome)];

    private static ProfileSummary Summary(params ProfiledOutcome[] outcomes) => ProfileSummary.Of(
        new ProfileManifest
        {
            Workflow = "doubling",
            GraphHash = "",
            Cases = outcomes.Length,
            CasesHash = "",
            Seed = 1,
            Reference = "",
            WeakReference = "",
            Models = [],
            Concurrency = 1,
            Machine = "",
        },
        outcomes,
        Doubling.Settings());

    private static ProfiledOutcome Timed(Setting setting, int tokens, int milliseconds)
    {
        var one = Batched(setting, tokens);
        return one with
        {
            Outcome = one.Outcome with
            {
                IsBatched = false,
                Latency = TimeSpan.FromMilliseconds(milliseconds),
                TimeToFirstToken = TimeSpan.FromMilliseconds(4),
                TokenTimes = [.. Enumerable.Range(0, tokens).Select(at => TimeSpan.FromMilliseconds(4 + (3 * at)))],
                EnergyJoules = milliseconds / 100.0,
            },
        };
    }

    private static ProfiledOutcome Batched(Setting setting, int tokens) => new(
        new ProfileCell
        {
            Key = $"{setting} {tokens}",
            Node = "Draft",
            Setting = setting,
            CaseId = "n1",
            CaseHash = "n1",
            Variant = InputVariant.Strong,
            Repetition = 0,
            InputsRight = true,
            RightCandidates = 0,
            Candidates = 0,
        },
        new Outcome { Failed = false, Score = 1, ThinkingTokens = tokens / 2, OutputTokens = tokens - (tokens / 2), Output = "1", OutputHash = "1", IsBatched = true });
}
