using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class BudgetTests
{
    private static readonly int?[] s_budgets = [null, 0, 1, 2, 3, 8, 16, 32, 64];

    public static IEnumerable<object[]> Settings =>
        from name in TestModels.Names
        from temperature in new[] { 0f, 0.7f, 2f }
        select new object[] { name, temperature };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Thinking_never_exceeds_the_budget_and_an_answer_follows(string name, float temperature)
    {
        foreach (var prompt in Prompts.Of(3))
        {
            foreach (var budget in s_budgets)
            {
                var response = await TestModels.Client(name).AskAsync(prompt, budget, temperature, seed: 11);
                var thinking = TestModels.Model(name).Tokenizer.Encode(response.Thinking()).Count;
                Assert.Equal(response.Usage!.ReasoningTokenCount, thinking);
                Assert.True(thinking <= (budget ?? int.MaxValue));
                if (temperature < 1)
                {
                    Assert.DoesNotContain("</think>", response.Text, StringComparison.Ordinal);
                    Assert.NotEmpty(response.Text);
                    Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_smaller_budgets_thinking_is_a_prefix_and_a_budget_never_reached_changes_nothing(string name, float temperature)
    {
        foreach (var prompt in Prompts.Of(3))
        {
            var free = await TestModels.Client(name).AskAsync(prompt, budget: null, temperature, seed: 12);
            var all = TestModels.Model(name).Tokenizer.Encode(free.Thinking());
            foreach (var budget in s_budgets.OfType<int>())
            {
                var cut = await TestModels.Client(name).AskAsync(prompt, budget, temperature, seed: 12);
                Assert.Equal(all.Take(budget), TestModels.Model(name).Tokenizer.Encode(cut.Thinking()));
                if (budget > all.Count)
                {
                    Assert.Equal(free.Text, cut.Text);
                    Assert.Equal(free.Usage!.OutputTokenCount, cut.Usage!.OutputTokenCount);
                }
            }
        }
    }

    [Theory]
    [InlineData("nano")]
    [InlineData("micro")]
    [InlineData("mini")]
    public async Task A_budget_of_zero_answers_at_once(string name)
    {
        foreach (var prompt in Prompts.Of(3))
        {
            var response = await TestModels.Client(name).AskAsync(prompt, budget: 0);
            var answer = TestModels.Model(name).Tokenizer.Encode(response.Text).Count;
            Assert.Empty(response.Thinking());
            Assert.Equal(0, response.Usage!.ReasoningTokenCount);
            Assert.Equal(answer + 1, response.Usage.OutputTokenCount); // and the end of the text
        }
    }

    [Fact]
    public async Task Every_generated_token_is_counted_and_a_forced_end_of_thinking_is_none()
    {
        var (client, tokenizer) = (TestModels.Client("mini"), TestModels.Model("mini").Tokenizer);
        var prompt = Prompts.Solve(TestModels.Cases[2]);
        var free = await client.AskAsync(prompt);
        var forced = await client.AskAsync(prompt, budget: 4);
        Assert.Equal(tokenizer.Encode(prompt).Count + 1, free.Usage!.InputTokenCount);
        Assert.Equal(free.Usage.InputTokenCount, forced.Usage!.InputTokenCount);
        Assert.Equal(free.Usage.ReasoningTokenCount + 1 + tokenizer.Encode(free.Text).Count + 1, free.Usage.OutputTokenCount);
        Assert.Equal(4 + tokenizer.Encode(forced.Text).Count + 1, forced.Usage.OutputTokenCount);
        Assert.All([free, forced], one => Assert.Equal(one.Usage!.InputTokenCount + one.Usage.OutputTokenCount, one.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task The_most_tokens_asked_for_end_a_text_that_says_so()
    {
        var response = await TestModels.Client("mini").AskAsync(Prompts.Solve(TestModels.Cases[2]), maxTokens: 3);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(3, response.Usage!.OutputTokenCount);
        Assert.Empty(response.Text);
    }

    [Fact]
    public async Task A_text_ends_where_the_context_does()
    {
        var (client, model) = (TestModels.Client("nano"), TestModels.Model("nano"));
        var room = 5;
        var prompt = string.Join(' ', Enumerable.Repeat("3 +", model.Decoder.Config.ContextLength))
            .Split(' ').Take(model.Decoder.Config.ContextLength - room - 1);
        var response = await client.AskAsync(string.Join(' ', prompt), temperature: 5, seed: 1, maxTokens: 1000);

        // The last token that fits is still generated, from the one before it.
        Assert.InRange(response.Usage!.OutputTokenCount!.Value, 1, room + 1);
        Assert.Equal(response.Usage.OutputTokenCount == room + 1, response.FinishReason == ChatFinishReason.Length);
    }
}
