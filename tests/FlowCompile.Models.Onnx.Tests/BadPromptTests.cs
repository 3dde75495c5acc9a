using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class BadPromptTests
{
    private static readonly OnnxChatClient s_client = TestModels.Client("nano");

    [Theory]
    [InlineData("[solve] zoe has 3 apples .", "'zoe'")]
    [InlineData("[solve] tom has 123 apples .", "'123'")]
    [InlineData("[solve] tom has 3 äpfel .", "'ä'")]
    [InlineData("[solve] \u202e", "'\\u202E'")]
    public async Task Text_outside_of_the_vocabulary_is_named(string prompt, string piece) =>
        await AssertRefusedAsync(prompt, "nano", piece, "vocabulary");

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("<think>")]
    public async Task An_empty_prompt_is_refused(string prompt) => await AssertRefusedAsync(prompt, "nano", "empty");

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_refused_with_both_lengths() =>
        await AssertRefusedAsync(string.Join(' ', Enumerable.Repeat("tom", 300)), "301 tokens", "256");

    [Fact]
    public async Task A_message_that_is_no_text_is_refused()
    {
        var error = await Assert.ThrowsAsync<PromptException>(
            () => s_client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])]));
        Assert.Contains("DataContent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_call_is_refused_likewise() =>
        await Assert.ThrowsAsync<PromptException>(async () =>
        {
            await foreach (var _ in s_client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "zoe")]))
            {
            }
        });

    [Fact]
    public async Task Options_out_of_their_range_are_refused()
    {
        ChatOptions[] bad =
        [
            new() { Temperature = -1 }, new() { Temperature = float.NaN }, new() { Temperature = float.PositiveInfinity },
            new() { TopP = 0 }, new() { TopP = 1.1f }, new() { TopK = 0 }, new() { MaxOutputTokens = 0 },
        ];
        foreach (var options in bad)
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => s_client.GetResponseAsync([new ChatMessage(ChatRole.User, Prompts.Solve(TestModels.Cases[0]))], options));
        }
    }

    private static async Task AssertRefusedAsync(string prompt, params string[] says)
    {
        var message = (await Assert.ThrowsAsync<PromptException>(() => s_client.AskAsync(prompt))).Message;
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }
}
