namespace FlowCompile.Profiling.Tests.Outlook;

public sealed class ForecastTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Forecast_of_a_new_profile_brackets_its_calls_and_makes_none()
    {
        var run = Run();
        var forecast = await run.ForecastAsync(8);
        Assert.Empty(run.Calls);
        await run.RunAsync(8);

        Assert.InRange(run.Calls.Count, forecast.Calls, forecast.CallsAtMost);
        Assert.Equal(forecast.CallsAtMost, forecast.UnknownCalls);
        Assert.Equal(16, forecast.ReferenceRuns);
        Assert.Equal(["small", "big"], forecast.Models.Select(model => model.Model));
        Assert.All(forecast.Models, model => Assert.InRange(run.Calls.Count(call => call.Model == model.Model), model.Calls, model.CallsAtMost));
        Assert.All(forecast.Models, model => Assert.InRange(model.UnknownThinkingTokensAtMost, 32, 32 * model.UnknownCalls));
        Assert.Equal(0, forecast.Cost);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task Forecast_of_the_rest_of_a_stopped_profile_brackets_its_calls(long tokens)
    {
        var stopped = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 1, MaxTokens = tokens } };
        await stopped.RunAsync(20);
        var rest = Run();
        var forecast = await rest.ForecastAsync(20);
        await rest.RunAsync(20);

        Assert.InRange(rest.Calls.Count, forecast.Calls, forecast.CallsAtMost);
        Assert.InRange(forecast.Calls, 1, forecast.CallsAtMost);
    }

    [Fact]
    public async Task Forecast_of_a_complete_profile_is_nothing()
    {
        var run = Run();
        var summary = await run.RunAsync(8);
        var forecast = await run.ForecastAsync(8);

        Assert.Equal((0, 0, 0, summary.Planned), (forecast.Calls, forecast.CallsAtMost, forecast.ReferenceRuns, forecast.AlreadyThere));
        Assert.Empty(forecast.Models);
    }

    [Fact]
    public async Task Tokens_and_cost_follow_from_earlier_calls()
    {
        await Run().RunAsync(10);
        var run = Run();
        var forecast = await run.ForecastAsync(20);
        var summary = await run.RunAsync(20);
        var generated = run.Calls.Sum(call => (call.Budget / 2) + TestHost.Skill.Answer(call).Length);
        var cost = run.Calls.Sum(call =>
            ((call.Prompt.Length * (call.Model == "big" ? 10 : 1)) + (((call.Budget / 2) + TestHost.Skill.Answer(call).Length) * (call.Model == "big" ? 20 : 2))) / 1e6);

        Assert.Equal(0, forecast.UnknownCalls);
        Assert.InRange(forecast.Models.Sum(model => model.GeneratedTokens), 0.9 * generated, 2 * generated);
        Assert.InRange(forecast.Cost, 0.9 * cost, 2 * cost);
        Assert.True(forecast.Time > TimeSpan.Zero);
        Assert.True(summary.IsComplete);
    }

    private ProfileRun Run() => new(_folder.File("store.db"));
}
