using FlowCompile.Models.OpenAI;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;
using Xunit.Abstractions;

namespace FlowCompile.Profiling.Tests.Spending;

/// <summary>Limits on tokens and money against what a server says that it has billed, over real connections.</summary>
public sealed class CapTests(ITestOutputHelper output) : IDisposable
{
    private static readonly ReflectedDescriptor s_unscored = new(DoublingWorkflow.Graph, typeof(DoublingWorkflow), typeof(NumberCase), ("problem", typeof(string)))
    {
        Unscored = ["Draft", "Guess"],
        AllowedModels = ["small", "big"],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_billed_is_at_most_the_limit_and_one_call_for_each_worker()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            var (workers, faults, isJudged, isMoney) = (random.Next(1, 17), random.Next(3) * 0.3, random.Next(2) == 0, random.Next(2) == 0);
            var tokens = random.Next(1, faults > 0 ? 20_000 : 3000);
            var cost = tokens * 1e-5;
            var options = new ProfilerOptions
            {
                Concurrency = workers,
                MaxTokens = isMoney ? null : tokens,
                MaxCost = isMoney ? cost : null,
                Race = random.Next(2) == 0 ? new DropAfter(10, 20) : null,
            };
            await using var server = await BillingServer.StartAsync(seed, faults);
            var (summary, error) = await ProfileAsync(server, options, isJudged, 20, $"store{seed}.db", timeout: TimeSpan.FromSeconds(1));

            var what = $"seed {seed}: {workers} workers, faults {faults}, {(isMoney ? $"cost {cost}" : $"{tokens} tokens")}, judged {isJudged}: {server.Requests} requests, billed {server.Tokens} tokens, {server.Cost}; {summary?.Spent} {error?.Message}";
            output.WriteLine(what);
            Assert.True(isMoney ? server.Cost <= cost + (workers * server.Largest.Cost) : server.Tokens <= tokens + (workers * server.Largest.Tokens), what);

            // One after the other, nothing begins once the limit is reached.
            Assert.True(workers > 1 || (isMoney ? server.BeforeLast.Cost < cost : server.BeforeLast.Tokens < tokens), what);
            if (summary is not null)
            {
                Assert.True(summary.Spent!.Tokens >= server.Tokens && summary.Spent.Cost >= server.Cost - 1e-12, what);
                Assert.InRange(server.Requests, 1, summary.Spent.Requests);
                Assert.True(summary.IsComplete || summary.StoppedBy == (isMoney ? ProfileLimit.Cost : ProfileLimit.Tokens), what);
            }
            else
            {
                Assert.Contains("Every reference run failed", error!.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task A_limit_of_one_token_lets_one_request_begin(int workers)
    {
        await using var server = await BillingServer.StartAsync(seed: 7, faults: 0);
        var (summary, _) = await ProfileAsync(server, new ProfilerOptions { Concurrency = workers, MaxTokens = 1 }, isJudged: false, 10, "store.db");
        Assert.Equal(1, server.Requests);
        Assert.Equal((ProfileLimit.Tokens, 1, server.Tokens, 0), (summary!.StoppedBy, summary.Spent!.Requests, summary.Spent.Tokens, summary.Spent.Unsaid));
        Assert.Equal(0, summary.FailedReferenceRuns);
    }

    [Fact]
    public async Task Runs_of_limits_go_on_one_after_another_until_all_is_measured_and_judged()
    {
        // No fault, so that what was measured is what is billed, but for what reference runs had when they were stopped.
        await using var server = await BillingServer.StartAsync(seed: 11, faults: 0);
        ProfileSummary? summary = null;
        for (var runs = 0; summary is null or { StoppedBy: not null }; runs++)
        {
            Assert.InRange(runs, 0, 200);
            summary = (await ProfileAsync(server, new ProfilerOptions { Concurrency = 4, MaxTokens = 1500 }, isJudged: true, 3, "store.db")).Summary;
        }

        Assert.True(summary.IsComplete);
        Assert.Equal(0, summary.Failures);
    }

    [Fact]
    public async Task A_limit_of_time_ends_the_wait_for_another_try()
    {
        await using var server = await BillingServer.StartAsync(seed: 3, faults: 0, isDown: true);
        using var models = Models(server, retryDelay: TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        using var store = ProfileStore.Open(_folder.File("store.db"));
        var profiler = new Profiler(DoublingWorkflow.Descriptor, models, Settings(server, isJudged: false), store, new ProfilerOptions { Concurrency = 2, MaxTime = TimeSpan.FromSeconds(2) });
        var summary = await profiler.RunAsync(ProfileRun.Cases(DoublingWorkflow.Descriptor, 20)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ProfileLimit.Time, summary.StoppedBy);
        Assert.Equal(0, summary.Failures + summary.FailedReferenceRuns);
    }

    [Fact]
    public async Task What_a_sub_agent_makes_of_a_refusal_is_no_outcome()
    {
        var descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, typeof(Forgiving), typeof(NumberCase), ("problem", typeof(string)));
        for (var tokens = 1; tokens < 400; tokens += 60)
        {
            var store = _folder.File($"store{tokens}.db");
            for (ProfileSummary? summary = null; summary is null or { StoppedBy: not null }; tokens += 400)
            {
                var run = new ProfileRun(store) { Descriptor = descriptor, Options = new ProfilerOptions { Concurrency = 3, MaxTokens = tokens } };
                summary = await run.RunAsync(2);
                Assert.All(summary.Outcomes, one => Assert.DoesNotContain("given up", one.Outcome.Output ?? "", StringComparison.Ordinal));
                Assert.Equal(0, summary.Failures + summary.FailedReferenceRuns);
            }
        }
    }

    private async Task<(ProfileSummary? Summary, ProfileException? Error)> ProfileAsync(BillingServer server, ProfilerOptions options, bool isJudged, int cases, string name, TimeSpan? timeout = null)
    {
        var descriptor = isJudged ? s_unscored : DoublingWorkflow.Descriptor;
        using var models = Models(server, TimeSpan.FromMilliseconds(1), timeout ?? TimeSpan.FromMinutes(5));
        using var store = ProfileStore.Open(_folder.File(name));
        var profiler = new Profiler(descriptor, models, Settings(server, isJudged), store, options);
        try
        {
            return (await profiler.RunAsync(ProfileRun.Cases(descriptor, cases)), null);
        }
        catch (ProfileException e)
        {
            return (null, e);
        }
    }

    private static ModelCatalog Models(BillingServer server, TimeSpan retryDelay, TimeSpan timeout)
    {
        var models = new ModelCatalog();
        foreach (var name in new[] { "small", "big", "judge" })
        {
            models.Add(name, new OpenAIChatClient(new OpenAIModelOptions
            {
                Endpoint = server.Endpoint,
                ModelId = name,
                Retries = 2,
                RetryDelay = retryDelay,
                MaxRetryDelay = TimeSpan.FromMinutes(20),
                Timeout = timeout,
                Concurrency = 8,
            }));
        }

        return models;
    }

    private static ProjectSettings Settings(BillingServer server, bool isJudged)
    {
        var settings = Doubling.Settings();
        var price = new ModelPrice(BillingServer.Prices.Input, BillingServer.Prices.Output);
        return settings with
        {
            Models = [.. new[] { "small", "big", "judge" }.Select(name => new ModelSettings { Name = name, Provider = "openai", Source = server.Endpoint.ToString(), Price = price })],
            Workflows = [settings.Workflows[0] with { Judge = isJudged ? new JudgeSettings { Setting = new Setting("judge", 8), Rubric = "The number is doubled.", Checks = 20 } : null }],
        };
    }

    private sealed class Forgiving : DoublingWorkflow
    {
        public override async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        {
            try
            {
                return await base.Draft(problem, agent, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return "given up";
            }
        }
    }
}
