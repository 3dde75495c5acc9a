using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class CancellationTests
{
    [Fact]
    public async Task A_call_cancelled_before_it_starts_does_not_start()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TestModels.Client("nano").AskAsync(Prompts.Solve(TestModels.Cases[0]), cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_call_cancelled_under_way_ends_at_its_next_token()
    {
        using var source = new CancellationTokenSource();
        var time = new CancellingTime(source, at: 6);
        using var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu, time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.AskAsync(Prompts.Solve(TestModels.Cases[2]), cancellationToken: source.Token));
        Assert.Equal(6, time.Reads);
    }

    [Fact]
    public async Task A_stream_cancelled_under_way_ends_at_its_next_token()
    {
        using var source = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in TestModels.Client("nano")
                .GetStreamingResponseAsync([new ChatMessage(ChatRole.User, Prompts.Solve(TestModels.Cases[2]))], cancellationToken: source.Token))
            {
                if (++seen == 4)
                {
                    await source.CancelAsync();
                }
            }
        });
        Assert.Equal(4, seen);
    }

    [Fact]
    public async Task The_client_goes_on_after_a_cancelled_call()
    {
        using var source = new CancellationTokenSource();
        using var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu, new CancellingTime(source, at: 4));
        var prompt = Prompts.Solve(TestModels.Cases[2]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AskAsync(prompt, cancellationToken: source.Token));
        Assert.Equal((await TestModels.Client("nano").AskAsync(prompt)).Text, (await client.AskAsync(prompt)).Text);
    }

    // Cancels when it is read for the nth time: a call reads it at its start and after each token.
    private sealed class CancellingTime(CancellationTokenSource source, int at) : TimeProvider
    {
        public int Reads { get; private set; }

        public override long GetTimestamp()
        {
            if (++Reads == at)
            {
                source.Cancel();
            }

            return Reads;
        }
    }
}
