using FlowCompile.Profiling.TestHost;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.Tests.Spending;

public sealed class SpendingTests
{
    private static readonly RequestBound s_bound = new(0, new TokenAmount(10, 20));

    [Fact]
    public async Task Requests_of_a_model_that_nothing_is_known_of_begin_one_at_a_time()
    {
        using var spending = Spending(new ProfilerOptions { Concurrency = 8, MaxTokens = 1000 });
        var first = await spending.ReserveAsync("small", s_bound, isOfRun: false, isStreamed: false, default);
        var other = await spending.ReserveAsync("big", s_bound, isOfRun: false, isStreamed: false, default);
        var second = spending.ReserveAsync("small", s_bound, isOfRun: false, isStreamed: false, default).AsTask();
        Assert.False(second.IsCompleted);

        spending.Settle(first, Usage(7, 3), isAll: true);
        spending.Settle(await second, Usage(7, 3), isAll: true);
        spending.Settle(other, Usage(7, 3), isAll: true);
        Assert.Equal((3, 30L, 0, 0L), (spending.Total.Requests, spending.Total.Tokens, spending.Total.Unsaid, spending.Total.UnsaidTokens));
    }

    [Fact]
    public async Task A_request_waits_while_what_is_set_aside_reaches_the_limit_and_goes_on_when_it_took_less()
    {
        using var spending = Spending(new ProfilerOptions { Concurrency = 8, MaxTokens = 100 });
        spending.Learn("small", 0, new TokenAmount(20, 40));
        var first = await Reserve(spending);
        var second = await Reserve(spending);
        var third = Reserve(spending);
        Assert.False(third.IsCompleted);
        spending.Settle(first, Usage(1, 1), isAll: true);
        spending.Settle(await third, Usage(50, 50), isAll: true);
        await Assert.ThrowsAsync<LimitReachedException>(() => Reserve(spending));
        spending.Settle(second, Usage(1, 1), isAll: true);
        Assert.Equal(ProfileLimit.Tokens, spending.Reached);
    }

    [Fact]
    public async Task A_run_has_no_more_requests_side_by_side_than_there_are_workers()
    {
        using var spending = Spending(new ProfilerOptions { Concurrency = 2, MaxTokens = 100_000 });
        spending.Learn("small", 0, new TokenAmount(1, 1));
        var first = await Reserve(spending, isOfRun: true);
        await Reserve(spending, isOfRun: true);
        var third = Reserve(spending, isOfRun: true);
        Assert.False(third.IsCompleted);
        spending.Settle(first, Usage(1, 1), isAll: true);
        await third;
    }

    [Fact]
    public async Task Nobody_waits_for_an_answer_that_is_read_by_the_code_that_asks_again()
    {
        using var spending = Spending(new ProfilerOptions { Concurrency = 1, MaxTokens = 10 });
        await spending.ReserveAsync("small", s_bound, isOfRun: true, isStreamed: true, default);
        await Reserve(spending, isOfRun: true);
    }

    [Fact]
    public async Task What_is_not_said_is_counted_at_most()
    {
        using var spending = Spending(new ProfilerOptions { MaxTokens = 100_000 });
        spending.Settle(await Reserve(spending), Usage(null, 4), isAll: false);
        Assert.Equal(30, spending.Total.Tokens);
        spending.Settle(await Reserve(spending), Usage(null, 4), isAll: true);
        Assert.Equal(44, spending.Total.Tokens);
        spending.Settle(await Reserve(spending), Usage(5, 100), isAll: true);

        // Now calls are known that took 100; one that ran into a time limit may have taken more.
        spending.Settle(await Reserve(spending), Usage(5, 7), isAll: false);
        Assert.Equal(44 + 105 + 205, spending.Total.Tokens);
        spending.Settle(await Reserve(spending), Usage(-7, -7), isAll: true);
        Assert.Equal((354, 3, 30L + 14 + 205), (spending.Total.Tokens, spending.Total.Unsaid, spending.Total.UnsaidTokens));
    }

    [Fact]
    public async Task Waiting_ends_with_the_time_that_is_left()
    {
        using var spending = Spending(new ProfilerOptions { MaxTokens = 1, MaxTime = TimeSpan.FromSeconds(1) });
        await Reserve(spending);
        await Assert.ThrowsAsync<LimitReachedException>(() => Reserve(spending).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(ProfileLimit.Time, spending.Reached);
    }

    [Fact]
    public void The_largest_budget_is_set_aside_as_it_is()
    {
        var options = new ChatOptions();
        options.SetReasoningBudget(int.MaxValue);
        Assert.Equal(int.MaxValue + 4096L, RequestBound.Of([], options, contextLength: null).AtMost.Generated);
        Assert.Equal(int.MaxValue + 4096L + 4096L, RequestBound.Of([], [0, int.MaxValue], options: null, contextLength: null).AtMost.Generated);
    }

    [Fact]
    public async Task No_timer_outlasts_the_run_whose_time_it_keeps()
    {
        using var folder = new TestFolder();
        var time = new TimerCount();
        var run = new ProfileRun(folder.File("store.db")) { Options = new ProfilerOptions { MaxTime = TimeSpan.FromHours(1) }, Time = time };
        await run.ForecastAsync(2);
        Assert.Equal((0, 0), (time.Begun, time.Open));
        await run.RunAsync(2);
        Assert.True(time.Begun > 0);
        Assert.Equal(0, time.Open);
    }

    private static UsageDetails Usage(long? input, long? output) => new() { InputTokenCount = input, OutputTokenCount = output };

    private static Task<Reservation> Reserve(Profiling.Spending spending, bool isOfRun = false) =>
        spending.ReserveAsync("small", s_bound, isOfRun, isStreamed: false, default).AsTask();

    private static Profiling.Spending Spending(ProfilerOptions options) => new(options, Doubling.Settings(), TimeProvider.System);
}
