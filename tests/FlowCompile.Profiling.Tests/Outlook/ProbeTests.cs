namespace FlowCompile.Profiling.Tests.Outlook;

public sealed class ProbeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Probe_says_tokens_and_money_of_a_profile_that_was_never_made()
    {
        var run = Run("store.db");
        var forecast = await ProbeAsync(run, cases: 12, calls: 3);
        var whole = Run("whole.db");
        await whole.RunAsync(12);
        var (tokens, cost) = (whole.Calls.Sum(Tokens), whole.Calls.Sum(Cost));

        Assert.Equal(0, forecast.UnknownCalls);
        Assert.InRange(forecast.EstimatedCalls, 1, forecast.CallsAtMost - 1);
        Assert.InRange(forecast.Models.Sum(model => model.InputTokens + model.GeneratedTokens), 0.8 * tokens, 3 * tokens);
        Assert.InRange(forecast.Cost, 0.8 * cost, 3 * cost);
        Assert.True(forecast.Time > TimeSpan.Zero);
        Assert.All(forecast.Models, model => Assert.True(model is { IsKnown: true, HasPrice: true }));
        Assert.Equal((run.Calls.Count, run.Calls.Sum(Tokens)), (forecast.Probed!.Requests, forecast.Probed.Tokens));
        Assert.Equal(run.Calls.Sum(Cost), forecast.Probed.Cost, 12);
    }

    [Fact]
    public async Task What_a_probe_has_measured_is_not_measured_again()
    {
        var probe = Run("store.db");
        await ProbeAsync(probe, cases: 6, calls: 3);
        Assert.All(new[] { "small", "big" }, model => Assert.InRange(probe.Calls.Count(call => call.Model == model), 3, 10));
        var again = Run("store.db");
        await ProbeAsync(again, cases: 6, calls: 3);
        Assert.Empty(again.Calls);

        var (rest, whole) = (Run("store.db"), Run("whole.db"));
        var (after, expected) = (await rest.RunAsync(6), await whole.RunAsync(6));
        Assert.Equal(whole.Calls.Count, probe.Calls.Count + rest.Calls.Count);
        Assert.Equal(ProfileSummary.HashOutcomes(expected.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(after.Outcomes, withTimes: false));
    }

    [Fact]
    public async Task Probe_leaves_the_latest_profile_as_it_is()
    {
        var before = await Run("store.db").RunAsync(2);
        var run = Run("store.db");
        await ProbeAsync(run, cases: 30, calls: 8);
        using var store = ProfileStore.Open(run.Store);
        Assert.Equal(before.ProfileHash, ProfileSummary.Read(store, run.Settings).ProfileHash);
    }

    [Fact]
    public async Task Probe_keeps_to_the_limits()
    {
        var run = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 4, MaxTokens = 1 } };
        var forecast = await ProbeAsync(run, cases: 6, calls: 3);
        Assert.Single(run.Calls);
        Assert.Equal(1, forecast.Probed!.Requests);
    }

    [Fact]
    public async Task Without_a_probe_nothing_is_made_up()
    {
        var forecast = await Run("store.db").ForecastAsync(6);
        Assert.Equal((forecast.CallsAtMost, 0, 0.0), (forecast.UnknownCalls, forecast.EstimatedCalls, forecast.Cost));
        Assert.All(forecast.Models, model => Assert.False(model.IsKnown));
        Assert.Null(forecast.Probed);
    }

    private static long Tokens(TestHost.FakeCall call) => call.Prompt.Length + (call.Budget / 2) + TestHost.Skill.Answer(call).Length;

    private static double Cost(TestHost.FakeCall call) =>
        ((call.Prompt.Length * (call.Model == "big" ? 10 : 1)) + (((call.Budget / 2) + TestHost.Skill.Answer(call).Length) * (call.Model == "big" ? 20 : 2))) / 1e6;

    private static async Task<ProfileForecast> ProbeAsync(ProfileRun run, int cases, int calls)
    {
        using var models = run.Models();
        using var store = ProfileStore.Open(run.Store);
        return await new Profiler(run.Descriptor, models, run.Settings, store, run.Options).ProbeAsync(ProfileRun.Cases(run.Descriptor, cases), calls);
    }

    private ProfileRun Run(string store) => new(_folder.File(store));
}
