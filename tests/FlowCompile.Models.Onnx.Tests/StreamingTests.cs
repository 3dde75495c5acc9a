using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class StreamingTests
{
    public static TheoryData<string> Names => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_streamed_response_is_the_whole_one(string name)
    {
        var client = TestModels.Client(name);
        foreach (var prompt in Prompts.Of(2))
        {
            foreach (var (budget, temperature) in ((int?, float)[])[(null, 0), (0, 0), (6, 0), (6, 0.9f)])
            {
                var whole = await client.AskAsync(prompt, budget, temperature, seed: 3);
                var updates = await StreamAsync(client, prompt, TestModels.Options(budget, temperature, seed: 3));
                var streamed = updates.ToChatResponse();
                Assert.Equal(whole.Text, streamed.Text);
                Assert.Equal(whole.Thinking(), streamed.Thinking());
                Assert.Equal(whole.FinishReason, streamed.FinishReason);
                Assert.Equal(whole.ModelId, streamed.ModelId);
                Assert.Equal(whole.Usage!.InputTokenCount, streamed.Usage!.InputTokenCount);
                Assert.Equal(whole.Usage.OutputTokenCount, streamed.Usage.OutputTokenCount);
                Assert.Equal(whole.Usage.ReasoningTokenCount, streamed.Usage.ReasoningTokenCount);
                Assert.Equal(whole.GetTimings()!.TokenTimes.Count, streamed.GetTimings()!.TokenTimes.Count);
            }
        }
    }

    [Fact]
    public async Task Every_token_of_text_comes_in_an_update_of_its_own()
    {
        var updates = await StreamAsync(TestModels.Client("micro"), Prompts.Solve(TestModels.Cases[2]), TestModels.Options(budget: 6));
        var usage = updates.ToChatResponse().Usage!;
        Assert.Equal(6, updates.Count(update => update.Contents is [TextReasoningContent]));
        Assert.Equal(usage.OutputTokenCount - 6 - 1, updates.Count(update => update.Contents is [TextContent]));
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
    }

    [Fact]
    public async Task A_stream_left_early_frees_what_it_holds()
    {
        var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu);
        await foreach (var _ in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, Prompts.Solve(TestModels.Cases[0]))]))
        {
            break;
        }

        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.AskAsync(Prompts.Solve(TestModels.Cases[0])));
    }

    private static async Task<List<ChatResponseUpdate>> StreamAsync(OnnxChatClient client, string prompt, ChatOptions options)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, prompt)], options))
        {
            updates.Add(update);
        }

        return updates;
    }
}
