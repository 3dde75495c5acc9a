using System.Diagnostics;

namespace FlowCompile.Models.Onnx.Tests;

[Collection(nameof(LifetimeTests))]
[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
public class LifetimeTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task A_disposed_client_says_so()
    {
        var client = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu);
        client.Dispose();
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.AskAsync(Prompts.Solve(TestModels.Cases[0])));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, Prompts.Solve(TestModels.Cases[0]))]))
            {
            }
        });
    }

    [Fact]
    public void A_disposed_state_cannot_be_run()
    {
        var decoder = TestModels.Model("nano").Decoder;
        var state = new DecoderState(decoder);
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => decoder.Run(state, [5]));
    }

    [Fact]
    public async Task Calls_leave_nothing_behind()
    {
        var client = TestModels.Client("mini");
        var prompt = Prompts.Solve(TestModels.Cases[2]);

        // A call's keys and values are about 400 KB: hundreds of them left behind would be seen.
        await GrowthAsync(200, () => client.AskAsync(prompt));
        Assert.InRange(await GrowthAsync(500, () => client.AskAsync(prompt)), long.MinValue, 64 * Megabyte);
    }

    [Fact]
    public async Task Forks_leave_nothing_behind()
    {
        var decoder = TestModels.Model("mini").Decoder;
        int[] prompt = [.. TestModels.Model("mini").Tokenizer.Encode(Prompts.Solve(TestModels.Cases[2]))];
        await GrowthAsync(100, Fork);
        Assert.InRange(await GrowthAsync(1000, Fork), long.MinValue, 64 * Megabyte);

        Task Fork()
        {
            using var state = new DecoderState(decoder);
            decoder.Run(state, prompt);
            using var first = state.Fork();
            decoder.Run(first, [5, 6]);
            using var second = first.Fork();
            first.Dispose();
            decoder.Run(second, [7]);
            decoder.Run(state, [8]);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Models_leave_nothing_behind()
    {
        // The weights are 3.5 MB.
        await GrowthAsync(10, Open);
        Assert.InRange(await GrowthAsync(50, Open), long.MinValue, 64 * Megabyte);

        static async Task Open()
        {
            using var client = new OnnxChatClient(TestModels.Folder("mini"), TestModels.OnCpu);
            await client.AskAsync(Prompts.Solve(TestModels.Cases[0]), maxTokens: 2);
        }
    }

    private static async Task<long> GrowthAsync(int times, Func<Task> action)
    {
        var before = Resident();
        for (var i = 0; i < times; i++)
        {
            await action();
        }

        return Resident() - before;
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
