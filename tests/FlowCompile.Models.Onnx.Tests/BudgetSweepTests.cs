using CsCheck;
using FlowCompile.Testing;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class BudgetSweepTests
{
    private static readonly int[] s_budgets = [0, 8, 16, 32, 64];

    public static IEnumerable<object[]> Settings =>
        from name in TestModels.Names
        from temperature in new[] { 0f, 0.7f, 1.5f }
        select new object[] { name, temperature };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Every_budget_gets_what_a_call_of_its_own_gives(string name, float temperature)
    {
        foreach (var (prompt, index) in Prompts.Of(3).Select((prompt, index) => (prompt, index)))
        {
            await AssertEqualsOwnCallsAsync(name, prompt, s_budgets, TestModels.Options(temperature: temperature, seed: 100 + index));
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.9f)]
    public void So_do_any_budgets_in_any_order_and_any_limit_of_tokens(float temperature)
    {
        var prompts = Prompts.Of(4);
        var samples = Gen.Select(Gen.OneOf(prompts.ToArray()), Gen.Int[0, 40].ArrayUnique[1, 20], Gen.Int[1, 60], Gen.Int[0, 1000]);
        PropertyCheck.Holds(samples, 40, sample =>
        {
            var (prompt, budgets, limit, seed) = sample;
            return AssertEqualsOwnCallsAsync("nano", prompt, budgets, TestModels.Options(temperature: temperature, seed: seed, maxTokens: limit));
        });
    }

    [Fact]
    public async Task So_do_budgets_around_where_the_thinking_ends_by_itself()
    {
        foreach (var prompt in Prompts.Of(2))
        {
            var natural = (int)(await TestModels.Client("mini").AskAsync(prompt)).Usage!.ReasoningTokenCount!.Value;
            int[] around = [natural - 1, natural, natural + 1, natural + 50];
            await AssertEqualsOwnCallsAsync("mini", prompt, [.. around.Where(budget => budget >= 0)], TestModels.Options());
        }
    }

    [Fact]
    public async Task So_do_budgets_at_the_end_of_the_context()
    {
        var prompt = string.Join(' ', Enumerable.Repeat("tom has 3", 81).Prepend("[solve]"));
        for (var budget = 5; budget < 14; budget++)
        {
            await AssertEqualsOwnCallsAsync("nano", prompt, [0, 3, budget, budget + 1, 64], TestModels.Options(temperature: 4, seed: 8, maxTokens: 400));
        }
    }

    [Fact]
    public async Task Times_of_a_cut_go_on_from_the_times_of_the_thinking_and_say_that_they_are_derived()
    {
        using var client = new OnnxChatClient(TestModels.Folder("mini"), TestModels.OnCpu, new SteppingTime());
        var responses = await SweepAsync(client, Prompts.Solve(TestModels.Cases[2]), [0, 8, 16, 64], TestModels.Options());
        var timings = responses.Select(response => response.GetTimings()!).ToArray();
        var thought = (int)responses[3].Usage!.ReasoningTokenCount!.Value;
        Assert.InRange(thought, 17, 63);
        Assert.Equal([false, true, true, false], timings.Select(one => one.IsDerived));
        Assert.Equal([0, 8, 16, 0], timings.Select(one => one.ReusedTokens));
        for (var i = 0; i < 4; i++)
        {
            // Every token takes one millisecond of this clock, also where the times are put together of two stretches.
            Assert.Equal(Enumerable.Range(1, (int)responses[i].Usage!.OutputTokenCount!.Value).Select(at => TimeSpan.FromMilliseconds(at)), timings[i].TokenTimes);
            Assert.Equal(timings[i].TokenTimes[^1] + TimeSpan.FromMilliseconds(1), timings[i].Total);
            Assert.Equal(timings[i].TokenTimes[0], timings[i].TimeToFirstToken);
        }
    }

    [Fact]
    public async Task A_budget_never_reached_has_the_times_of_the_larger_one()
    {
        var responses = await SweepAsync(TestModels.Client("mini"), Prompts.Solve(TestModels.Cases[0]), [100, 150], TestModels.Options());
        var (smaller, larger) = (responses[0].GetTimings()!, responses[1].GetTimings()!);
        Assert.Equal((true, false), (smaller.IsDerived, larger.IsDerived));
        Assert.Equal(larger.TokenTimes.Count, smaller.ReusedTokens);
        Assert.Equal(larger.TokenTimes, smaller.TokenTimes);
        Assert.Equal(larger.Total, smaller.Total);
    }

    [Fact]
    public async Task Sampled_calls_without_a_seed_share_one()
    {
        var next = 0L;
        using var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu, timeProvider: null, () => next++);
        var responses = await SweepAsync(client, Prompts.Solve(TestModels.Cases[2]), s_budgets, TestModels.Options(temperature: 3));
        Assert.Equal(1, next);
        Assert.All(responses, response => Assert.StartsWith(response.Thinking(), responses[^1].Thinking(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_budgets_give_no_responses_and_bad_ones_are_refused()
    {
        var (client, prompt) = (TestModels.Client("nano"), Prompts.Solve(TestModels.Cases[0]));
        Assert.Empty(await SweepAsync(client, prompt, [], TestModels.Options()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SweepAsync(client, prompt, [8, -1], TestModels.Options()));
        await Assert.ThrowsAsync<ArgumentException>(() => SweepAsync(client, prompt, [8, 8], TestModels.Options()));
        await Assert.ThrowsAsync<PromptException>(() => SweepAsync(client, "zoe", [8], TestModels.Options()));
    }

    [Fact]
    public async Task A_sweep_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ((IBudgetSweep)TestModels.Client("nano"))
            .GetResponsesAsync([new ChatMessage(ChatRole.User, Prompts.Solve(TestModels.Cases[0]))], s_budgets, null, source.Token));
    }

    private static async Task AssertEqualsOwnCallsAsync(string name, string prompt, int[] budgets, ChatOptions options)
    {
        var (client, tokenizer) = (TestModels.Client(name), TestModels.Model(name).Tokenizer);
        var swept = await SweepAsync(client, prompt, budgets, options);
        Assert.Equal(budgets.Length, swept.Count);
        foreach (var (budget, response) in budgets.Zip(swept))
        {
            var bound = options.Clone();
            bound.SetReasoningBudget(budget);
            var own = await client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], bound);
            Assert.Equal(tokenizer.Encode(own.Thinking()), tokenizer.Encode(response.Thinking()));
            Assert.Equal(tokenizer.Encode(own.Text), tokenizer.Encode(response.Text));
            Assert.Equal(own.Text, response.Text);
            Assert.Equal(own.FinishReason, response.FinishReason);
            Assert.Equal(own.Usage!.InputTokenCount, response.Usage!.InputTokenCount);
            Assert.Equal(own.Usage.OutputTokenCount, response.Usage.OutputTokenCount);
            Assert.Equal(own.Usage.ReasoningTokenCount, response.Usage.ReasoningTokenCount);
            Assert.Equal(own.GetTimings()!.TokenTimes.Count, response.GetTimings()!.TokenTimes.Count);
            Assert.Equal(response.GetTimings()!.TokenTimes.Order(), response.GetTimings()!.TokenTimes);
        }
    }

    private static Task<IReadOnlyList<ChatResponse>> SweepAsync(OnnxChatClient client, string prompt, int[] budgets, ChatOptions options) =>
        client.GetService<IBudgetSweep>()!.GetResponsesAsync([new ChatMessage(ChatRole.User, prompt)], budgets, options);
}
