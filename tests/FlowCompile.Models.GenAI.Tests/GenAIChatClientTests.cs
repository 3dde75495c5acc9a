using FlowCompile.Models.Onnx;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.GenAI.Tests;

/// <summary>The sample's models under ONNX Runtime GenAI, against the same models under ONNX Runtime, which shares neither the network's loop nor its cache.</summary>
public sealed class GenAIChatClientTests(GenAIFolders folders) : IClassFixture<GenAIFolders>
{
    private static readonly int[] s_budgets = [0, 1, 8, 16, 64];

    [Theory]
    [InlineData("nano", 0)]
    [InlineData("nano", 0.7f)]
    [InlineData("micro", 0)]
    [InlineData("micro", 0.7f)]
    public async Task Texts_thinking_and_counts_are_those_of_the_other_provider(string name, float temperature)
    {
        using var client = new GenAIChatClient(folders.Copy(name));
        using var other = new OnnxChatClient(GenAIFolders.Original(name), new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu });
        foreach (var (i, problem) in GenAIFolders.Problems.Index())
        {
            foreach (var budget in s_budgets.Cast<int?>().Append(null))
            {
                var options = Asking.Options(budget, temperature, seed: i);
                var (actual, expected) = (await client.AskAsync($"[solve] {problem}", options), await other.AskAsync($"[solve] {problem}", options));
                Assert.Equal((expected.Text, expected.Thinking(), expected.FinishReason), (actual.Text, actual.Thinking(), actual.FinishReason));
                Assert.Equal(expected.Usage!.ReasoningTokenCount, actual.Usage!.ReasoningTokenCount);
                Assert.Equal((expected.Usage.InputTokenCount, expected.Usage.OutputTokenCount), (actual.Usage.InputTokenCount, actual.Usage.OutputTokenCount));
                Assert.True(actual.Usage.ReasoningTokenCount <= (budget ?? int.MaxValue));
                var times = actual.GetTimings()!.TokenTimes;
                Assert.Equal(actual.Usage.OutputTokenCount, times.Count);
                Assert.Equal(times.Order(), times);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7f)]
    public async Task One_decode_for_several_budgets_gives_what_a_call_for_each_gives(float temperature)
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        var sweep = client.GetService<IBudgetSweep>()!;
        foreach (var (i, problem) in GenAIFolders.Problems.Index())
        {
            var responses = await sweep.GetResponsesAsync([new ChatMessage(ChatRole.User, $"[solve] {problem}")], [16, 64, 0, 4, 8], Asking.Options(temperature: temperature, seed: i));
            foreach (var (budget, response) in new[] { 16, 64, 0, 4, 8 }.Zip(responses))
            {
                var alone = await client.AskAsync($"[solve] {problem}", Asking.Options(budget, temperature, seed: i));
                Assert.Equal((alone.Text, alone.Thinking()), (response.Text, response.Thinking()));
                Assert.Equal(alone.Usage!.OutputTokenCount, response.Usage!.OutputTokenCount);
            }
        }
    }

    [Fact]
    public async Task Texts_that_share_a_cache_go_on_in_any_order()
    {
        // Rewound to an earlier place by one, the cache lacks what another has read: that reads it again.
        var (model, _) = GenAIModel.Load(folders.Copy("nano"), new GenAIModelOptions());
        using (model)
        {
            int[] prompt = [.. model.Tokenizer.Encode(new Prompt($"[solve] {GenAIFolders.Problems[0]}", [], [], HasEnds: false))];
            using var whole = model.Network.Begin(200);
            whole.Read(prompt);
            using var early = whole.Fork();
            whole.Read([20, 21, 22]);
            using var late = whole.Fork();
            float[] afterLate = Read(late, 30), afterEarly = Read(early, 31);
            late.Read([32]);
            early.Read([33]);
            using var again = model.Network.Begin(200);
            again.Read([.. prompt, 20, 21, 22, 30]);
            AssertClose(again.Logits.ToArray(), afterLate);
            again.Read([32]);
            AssertClose(again.Logits.ToArray(), late.Logits.ToArray());
            using var other = model.Network.Begin(200);
            other.Read([.. prompt, 31]);
            AssertClose(other.Logits.ToArray(), afterEarly);
            other.Read([33]);
            AssertClose(other.Logits.ToArray(), early.Logits.ToArray());
        }

        static float[] Read(ITextState state, int token)
        {
            state.Read([token]);
            return state.Logits.ToArray();
        }

        static void AssertClose(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public async Task A_stream_has_the_text_of_the_whole_call()
    {
        using var client = new GenAIChatClient(folders.Copy("micro"));
        foreach (var problem in GenAIFolders.Problems)
        {
            var options = Asking.Options(budget: 16);
            var whole = await client.AskAsync($"[solve] {problem}", options);
            var streamed = await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, $"[solve] {problem}")], options).ToChatResponseAsync();
            Assert.Equal((whole.Text, whole.Thinking()), (streamed.Text, streamed.Thinking()));
            Assert.Equal(whole.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
        }
    }

    [Fact]
    public async Task Calls_at_once_have_the_texts_of_calls_one_by_one()
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        List<string> expected = [];
        foreach (var problem in GenAIFolders.Problems)
        {
            expected.Add((await client.AskAsync($"[solve] {problem}")).Text);
        }

        var actual = await Task.WhenAll(GenAIFolders.Problems.Select(problem => client.AskAsync($"[solve] {problem}")));
        Assert.Equal(expected, actual.Select(one => one.Text));
    }

    [Fact]
    public async Task A_canceled_call_ends_and_the_next_is_answered()
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        using var stop = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, $"[solve] {GenAIFolders.Problems[0]}")], null, stop.Token))
            {
                if (++seen == 2)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.Equal(2, seen);
        Assert.NotEmpty((await client.AskAsync($"[solve] {GenAIFolders.Problems[0]}")).Text);
    }

    [Fact]
    public async Task Disposing_lets_calls_under_way_finish_and_refuses_others()
    {
        var client = new GenAIChatClient(folders.Copy("nano"));
        var expected = (await client.AskAsync($"[solve] {GenAIFolders.Problems[0]}")).Text;
        var stream = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, $"[solve] {GenAIFolders.Problems[0]}")]).GetAsyncEnumerator();
        await using (stream)
        {
            Assert.True(await stream.MoveNextAsync());
            client.Dispose();
            client.Dispose();
            List<ChatResponseUpdate> rest = [stream.Current];
            while (await stream.MoveNextAsync())
            {
                rest.Add(stream.Current);
            }

            Assert.Equal(expected, rest.ToChatResponse().Text);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.AskAsync("[solve] tom has 1 apples ."));
    }

    [Fact]
    public async Task A_prompt_that_the_model_cannot_take_is_refused_by_name()
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        var unknown = await Assert.ThrowsAsync<PromptException>(() => client.AskAsync("[solve] Zebra"));
        Assert.Equal("Model nano cannot take the prompt: 'Z' is not in the model's vocabulary.", unknown.Message);
        var tooLong = await Assert.ThrowsAsync<PromptException>(() => client.AskAsync("[solve] " + string.Concat(Enumerable.Repeat("tom has 1 apples . ", 60))));
        Assert.Contains("the model's context holds 256 with the answer", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_fills_the_context_and_no_more()
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        using var other = new OnnxChatClient(GenAIFolders.Original("nano"), new OnnxModelOptions { ExecutionProvider = OnnxExecutionProvider.Cpu });
        var prompt = "[solve] " + string.Concat(Enumerable.Repeat("tom has 1 apples . ", 50));
        foreach (var budget in new int?[] { null, 0, 2, 3, 100 })
        {
            var (actual, expected) = (await client.AskAsync(prompt, Asking.Options(budget)), await other.AskAsync(prompt, Asking.Options(budget)));
            Assert.Equal((expected.Text, expected.Thinking(), expected.FinishReason), (actual.Text, actual.Thinking(), actual.FinishReason));
        }

        Assert.Equal(3, (await client.AskAsync($"[solve] {GenAIFolders.Problems[0]}", Asking.Options(maxTokens: 3))).Usage!.OutputTokenCount);
    }

    [Fact]
    public void A_description_says_which_model_it_is_and_that_another_folder_is_another()
    {
        using var client = new GenAIChatClient(folders.Copy("nano"));
        using var same = new GenAIChatClient(folders.Copy("nano"));
        using var other = new GenAIChatClient(folders.Copy("nano", GenAIFolders.ConfigOf("nano") + "\n"));
        var description = client.GetService<ModelDescription>()!;
        Assert.Equal(("genai", "cpu", 256), (description.Provider, description.Device, description.ContextLength));
        Assert.Equal(Environment.ProcessorCount, description.Capacity!.Calls);
        Assert.Equal(description.Identity, same.GetService<ModelDescription>()!.Identity);
        Assert.NotEqual(description.Identity, other.GetService<ModelDescription>()!.Identity);
        Assert.Equal("nano", client.GetService<ChatClientMetadata>()!.DefaultModelId);
    }
}
