namespace FlowCompile.Profiling.Tests.Running;

public sealed class LimitTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tokens_stop_the_profile_before_the_call_after_the_limit()
    {
        var whole = await Run("whole.db", new ProfilerOptions()).RunAsync();
        var run = Run("store.db", new ProfilerOptions { Concurrency = 1, MaxTokens = 9000 });
        var partial = await run.RunAsync();
        var tokens = run.Calls.Select(call => call.Prompt.Length + (call.Budget / 2) + Answer(call).Length).ToList();

        Assert.Equal(ProfileLimit.Tokens, partial.StoppedBy);
        Assert.InRange(tokens.Sum(), 9000, 9000 + tokens[^1] - 1);
        Assert.False(partial.IsComplete);
        Assert.InRange(partial.Outcomes.Count, 1, whole.Outcomes.Count - 1);
        Assert.Null(whole.StoppedBy);
    }

    [Fact]
    public async Task Partial_profile_has_everything_of_its_first_cases()
    {
        var partial = await Run("store.db", new ProfilerOptions { Concurrency = 1, MaxTokens = 30_000 }).RunAsync(25);
        var whole = await Run("whole.db", new ProfilerOptions()).RunAsync(25);
        var first = whole.Outcomes.Where(one => one.Cell.CaseId is "n1" or "n2" or "n3").Select(one => one.Cell).ToHashSet();

        Assert.NotNull(partial.StoppedBy);
        Assert.Contains(first, cell => cell.Variant == InputVariant.Composed);
        Assert.Superset(first, partial.Outcomes.Select(one => one.Cell).ToHashSet());
        Assert.All(partial.Rows, row => Assert.NotNull(row.Accuracy.Value));
    }

    [Fact]
    public async Task Stopped_profile_goes_on_where_it_was()
    {
        var stopped = Run("store.db", new ProfilerOptions { MaxTokens = 20_000 });
        var rest = Run("store.db", new ProfilerOptions());
        var whole = Run("whole.db", new ProfilerOptions());
        await stopped.RunAsync();
        var done = await rest.RunAsync();
        var expected = await whole.RunAsync();

        Assert.True(done.IsComplete);
        Assert.Equal(whole.Calls.Count, stopped.Calls.Count + rest.Calls.Count);
        Assert.Equal(ProfileSummary.HashOutcomes(expected.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(done.Outcomes, withTimes: false));
    }

    [Fact]
    public async Task Cost_is_that_of_the_prices()
    {
        var run = Run("store.db", new ProfilerOptions { Concurrency = 1, MaxCost = 0.05 });
        var summary = await run.RunAsync();
        var costs = run.Calls.Select(call =>
            ((call.Prompt.Length * (call.Model == "big" ? 10 : 1)) + (((call.Budget / 2) + Answer(call).Length) * (call.Model == "big" ? 20 : 2))) / 1e6).ToList();

        Assert.Equal(ProfileLimit.Cost, summary.StoppedBy);
        Assert.InRange(costs.Sum(), 0.05, 0.05 + costs[^1]);
    }

    [Fact]
    public async Task Time_stops_the_profile()
    {
        var clock = new Clock();
        var run = new ProfileRun(_folder.File("store.db"))
        {
            Time = clock,
            Options = new ProfilerOptions { Concurrency = 1, MaxTime = TimeSpan.FromMinutes(1) },
            Answer = call =>
            {
                clock.Now += TimeSpan.FromSeconds(1);
                return Answer(call);
            },
        };
        var summary = await run.RunAsync();

        Assert.Equal(ProfileLimit.Time, summary.StoppedBy);
        Assert.Equal(60, run.Calls.Count);
    }

    [Fact]
    public async Task Limit_of_nothing_makes_no_call()
    {
        var run = Run("store.db", new ProfilerOptions { MaxCost = 0 });
        var summary = await run.RunAsync();
        Assert.Equal(ProfileLimit.Cost, summary.StoppedBy);
        Assert.Empty(run.Calls);
        Assert.Empty(summary.Outcomes);
    }

    [Fact]
    public async Task Limit_that_is_not_reached_stops_nothing()
    {
        var summary = await Run("store.db", new ProfilerOptions { MaxCost = 100, MaxTokens = 10_000_000, MaxTime = TimeSpan.FromHours(1) }).RunAsync();
        Assert.Null(summary.StoppedBy);
        Assert.True(summary.IsComplete);
    }

    private static string Answer(TestHost.FakeCall call) => TestHost.Skill.Answer(call);

    private ProfileRun Run(string store, ProfilerOptions options) => new(_folder.File(store)) { Options = options };

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
