using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx.Tests;

public class BatchTests
{
    private static readonly int?[] s_budgets = [null, 0, 5, 12, 64];

    public static IEnumerable<object[]> Sizes =>
        from name in TestModels.Names
        from size in new[] { 1, 3, 16 }
        select new object[] { name, size };

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Calls_in_batches_answer_what_they_answer_alone(string name, int size)
    {
        var calls = Prompts.Of(6).SelectMany((prompt, at) => new[]
        {
            (Prompt: prompt, Options: TestModels.Options(s_budgets[at % s_budgets.Length])),
            (Prompt: prompt, Options: TestModels.Options(s_budgets[(at + 2) % s_budgets.Length], temperature: 0.9f, seed: at, maxTokens: at % 7 == 0 ? 9 : null)),
        }).ToList();
        List<ChatResponse> alone = [];
        foreach (var (prompt, options) in calls)
        {
            alone.Add(await TestModels.Client(name).GetResponseAsync(prompt, options));
        }

        // More calls than a batch takes, fewer than there are: they come while others are under way.
        using var batch = Open(TestModels.Client(name), size, runs: 2);
        var together = new ChatResponse[calls.Count];
        await Parallel.ForEachAsync(calls.Index(), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (call, token) =>
            together[call.Index] = await batch.GetResponseAsync(call.Item.Prompt, call.Item.Options, token));
        Assert.All(alone.Zip(together), pair => AssertSame(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("nano", 0f)]
    [InlineData("micro", 0.8f)]
    [InlineData("mini", 1.2f)]
    public async Task Sweeps_in_batches_give_every_budget_what_a_call_of_its_own_gives(string name, float temperature)
    {
        int[] budgets = [8, 0, 64, 16, 32];
        var prompts = Prompts.Of(3);
        using var batch = Open(TestModels.Client(name), size: 8, runs: 2);
        var sweeps = await Task.WhenAll(prompts.Select((prompt, at) => batch.GetService<IBudgetSweep>()!.GetResponsesAsync(
            [new ChatMessage(ChatRole.User, prompt)], budgets, TestModels.Options(temperature: temperature, seed: at))));
        foreach (var (at, responses) in sweeps.Index())
        {
            var own = await TestModels.Client(name).GetService<IBudgetSweep>()!.GetResponsesAsync(
                [new ChatMessage(ChatRole.User, prompts[at])], budgets, TestModels.Options(temperature: temperature, seed: at));
            foreach (var (budget, response, alone) in budgets.Zip(responses, own))
            {
                var call = await TestModels.Client(name).AskAsync(prompts[at], budget, temperature, at);
                AssertSame(call, response);
                Assert.Equal(alone.GetTimings()!.ReusedTokens, response.GetTimings()!.ReusedTokens);
                Assert.Equal(alone.GetTimings()!.IsDerived, response.GetTimings()!.IsDerived);
            }
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_leaves_the_others_alone()
    {
        var expected = (await TestModels.Client("micro").AskAsync(Prompts.Solve(TestModels.Cases[2]))).Text;
        using var batch = Open(TestModels.Client("micro"), size: 4, runs: 1);
        using var source = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 8)
            .Select(at => batch.AskAsync(Prompts.Solve(TestModels.Cases[2]), cancellationToken: at % 4 == 1 ? source.Token : CancellationToken.None)).ToList();
        await source.CancelAsync();
        foreach (var (at, call) in calls.Index())
        {
            if (at % 4 == 1)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            }
            else
            {
                Assert.Equal(expected, (await call).Text);
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.AskAsync(Prompts.Solve(TestModels.Cases[2]), cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_text_that_fails_leaves_the_others_alone()
    {
        var (model, prompt) = (TestModels.Model("nano"), Prompts.Solve(TestModels.Cases[2]));
        var reader = new CallReader(model, TimeProvider.System, () => 0);
        var queue = new BatchQueue(8, TaskScheduler.Default);
        List<Generation> texts = [.. Enumerable.Range(0, 6).Select(_ => reader.Begin([new ChatMessage(ChatRole.User, prompt)], reader.ReadSettings(null), 0))];
        var tasks = texts.Select((text, at) => queue.CompleteAsync(text, one => Spoil(at, one), CancellationToken.None)).ToList();
        await Assert.ThrowsAsync<FormatException>(() => tasks[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => tasks[4]);
        var expected = (await TestModels.Client("nano").AskAsync(prompt)).Text;
        foreach (var at in new[] { 0, 2, 3, 5 })
        {
            await tasks[at];
            Assert.Equal(expected, model.Tokenizer.Decode(texts[at].Answer));
        }

        texts.ForEach(text => text.Dispose());

        // One has a listener that throws; another's state is gone, so that the whole run fails that it takes part in.
        static void Spoil(int at, Generation text)
        {
            if (text.Thinking.Count == 5 && at == 1)
            {
                throw new FormatException();
            }

            if (text.Thinking.Count == 6 && at == 4)
            {
                text.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_read_is_refused_by_itself()
    {
        using var batch = Open(TestModels.Client("nano"), size: 4, runs: 1);
        var good = batch.AskAsync(Prompts.Solve(TestModels.Cases[0]));
        await Assert.ThrowsAsync<PromptException>(() => batch.AskAsync("zoe"));
        await Assert.ThrowsAsync<PromptException>(() => batch.GetService<IBudgetSweep>()!.GetResponsesAsync([new ChatMessage(ChatRole.User, "zoe")], [0, 8]));
        await Assert.ThrowsAsync<ArgumentException>(() => batch.GetService<IBudgetSweep>()!.GetResponsesAsync([], [8, 8]));
        Assert.Equal((await TestModels.Client("nano").AskAsync(Prompts.Solve(TestModels.Cases[0]))).Text, (await good).Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(TestModels.Client("nano"), size: 0, runs: 1));
    }

    [Fact]
    public async Task Disposing_the_batch_leaves_the_model_open_and_disposing_the_model_lets_calls_finish()
    {
        var client = new OnnxChatClient(TestModels.Folder("mini"), TestModels.OnCpu);
        var expected = (await TestModels.Client("mini").AskAsync(Prompts.Solve(TestModels.Cases[2]))).Text;
        Open(client, size: 4, runs: 1).Dispose();
        var batch = Open(client, size: 4, runs: 2);
        var calls = Enumerable.Range(0, 6).Select(_ => batch.AskAsync(Prompts.Solve(TestModels.Cases[2]))).ToList();
        client.Dispose();
        Assert.All(await Task.WhenAll(calls), response => Assert.Equal(expected, response.Text));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batch.AskAsync(Prompts.Solve(TestModels.Cases[2])));
    }

    [Fact]
    public async Task Calls_under_way_at_once_do_go_together()
    {
        var scheduler = new CountingScheduler();
        using var batch = TestModels.Client("nano").GetService<IBatchDecoding>()!.OpenBatch(16, scheduler);
        var responses = await Task.WhenAll(Prompts.Of(6).Select(prompt => batch.AskAsync(prompt)));
        var tokens = responses.Sum(response => (int)response.Usage!.OutputTokenCount!.Value);

        // Every token one by one would be a run for each. The first call sets out alone.
        Assert.InRange(scheduler.Runs, tokens / 16, tokens / 3);
    }

    [Fact]
    public async Task A_stream_gives_the_whole_response_with_its_times()
    {
        using var batch = Open(TestModels.Client("nano"), size: 2, runs: 1);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in batch.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, Prompts.Solve(TestModels.Cases[1]))]))
        {
            updates.Add(update);
        }

        AssertSame(await TestModels.Client("nano").AskAsync(Prompts.Solve(TestModels.Cases[1])), updates.ToChatResponse());
        Assert.Same(TestModels.Client("nano").GetService<ModelDescription>(), batch.GetService<ModelDescription>());
        Assert.Null(batch.GetService<IBatchDecoding>());
    }

    private static IChatClient Open(OnnxChatClient client, int size, int runs) => client.GetService<IBatchDecoding>()!
        .OpenBatch(size, new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, runs).ConcurrentScheduler);

    private static void AssertSame(ChatResponse alone, ChatResponse together)
    {
        Assert.Equal(alone.Thinking(), together.Thinking());
        Assert.Equal(alone.Text, together.Text);
        Assert.Equal(alone.FinishReason, together.FinishReason);
        Assert.Equal(alone.Usage!.InputTokenCount, together.Usage!.InputTokenCount);
        Assert.Equal(alone.Usage.OutputTokenCount, together.Usage.OutputTokenCount);
        Assert.Equal(alone.Usage.ReasoningTokenCount, together.Usage.ReasoningTokenCount);
        Assert.False(alone.GetTimings()!.IsBatched);
        Assert.True(together.GetTimings()!.IsBatched);
    }

    private sealed class CountingScheduler : TaskScheduler
    {
        private int _runs;

        public int Runs => _runs;

        public override int MaximumConcurrencyLevel => 1;

        protected override void QueueTask(Task task)
        {
            Interlocked.Increment(ref _runs);
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
