using System.Text;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay.Tests;

public class ReplayTests
{
    [Fact]
    public async Task WhatWasRecorded_IsReplayed()
    {
        using var text = new StringWriter();
        using (var recorder = new RecordingChatClient(new Echo(), "m", text))
        {
            foreach (var (prompt, budget, seed) in new[] { ("a", 0, 1L), ("a", 64, 1L), ("a", 64, 2L), ("b\nc", 64, 1L) })
            {
                await Ask(recorder, prompt, budget, seed);
            }

            await foreach (var _ in recorder.GetStreamingResponseAsync([new ChatMessage(ChatRole.System, "s"), new ChatMessage(ChatRole.User, "streamed")]))
            {
            }
        }

        using var file = new TemporaryFile(".jsonl", text.ToString());
        using var replay = new ReplayChatClient(file.Path, new ReplayOptions { Model = "m" });
        using var model = new Echo();
        foreach (var (prompt, budget, seed) in new[] { ("b\nc", 64, 1L), ("a", 64, 2L), ("a", 64, 1L), ("a", 0, 1L) })
        {
            var (was, now) = (await Ask(model, prompt, budget, seed), await Ask(replay, prompt, budget, seed));
            Assert.Equal(was.Text, now.Text);
            Assert.Equal("thought", now.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text);
            Assert.Equal((was.Usage!.InputTokenCount, was.Usage.OutputTokenCount, was.Usage.ReasoningTokenCount), (now.Usage!.InputTokenCount, now.Usage.OutputTokenCount, now.Usage.ReasoningTokenCount));
            Assert.Equal(was.GetTimings()!.TokenTimes, now.GetTimings()!.TokenTimes);
            Assert.Equal((was.GetTimings()!.TimeToFirstToken, was.GetTimings()!.Total), (now.GetTimings()!.TimeToFirstToken, now.GetTimings()!.Total));
        }

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in replay.GetStreamingResponseAsync([new ChatMessage(ChatRole.System, "s"), new ChatMessage(ChatRole.User, "streamed")]))
        {
            updates.Add(update);
        }

        Assert.Equal("streamed//", updates.ToChatResponse().Text);
        Assert.NotNull(updates.ToChatResponse().GetTimings());
    }

    [Theory]
    [InlineData("folder", ".jsonl", "it is a folder")]
    [InlineData("pipe", ".jsonl", "it is a pipe")]
    [InlineData("pipe", ".csv", "it is a pipe")]
    [InlineData("pipe", ".jsonl.gz", "it is a pipe")]
    public async Task WhatIsNoFile_IsRefusedWithoutWaiting(string kind, string ending, string problem)
    {
        if (kind == "pipe" && OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("flowcompile-replay");
        var path = Path.Combine(folder.FullName, "calls" + ending);
        if (kind == "folder")
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync();
        }

        var error = await Assert.ThrowsAsync<ReplayFileException>(
            () => Task.Run(() => new ReplayChatClient(path, new ReplayOptions { Model = "m" }).Dispose()).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.StartsWith($"{path}: {problem}", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("\n a \n")]
    [InlineData("x\ny")]
    [InlineData(" ")]
    public async Task Prompt_IsFoundAsItWasRecorded(string prompt)
    {
        using var text = new StringWriter();
        using (var recorder = new RecordingChatClient(new Echo(), "m", text))
        {
            await Ask(recorder, prompt, 0, 1);
            await Ask(recorder, "y", 0, 1);
        }

        using var file = new TemporaryFile(".jsonl", text.ToString());
        using var replay = new ReplayChatClient(file.Path, new ReplayOptions { Model = "m" });
        using var model = new Echo();
        Assert.Equal((await Ask(model, prompt, 0, 1)).Text, (await Ask(replay, prompt, 0, 1)).Text);
    }

    [Theory]
    [InlineData(".jsonl", "{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"a\"}\n{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"#\"}\n")]
    [InlineData(".csv", "query_id,model,correct\nq#,m,1\n")]
    public void WhatIsNoUtf8_IsRefusedWithItsLine(string ending, string content)
    {
        using var file = new TemporaryFile(ending, "");
        File.WriteAllBytes(file.Path, [.. Encoding.UTF8.GetBytes(content).Select(one => one == (byte)'#' ? (byte)0xC3 : one)]);
        var error = Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path).ToList());
        Assert.Equal($"{file.Path}(2): the text is not UTF-8; save the file as UTF-8", error.Message);
    }

    [Fact]
    public void Utf16_IsRefused_AndAMarkAtTheStartIsNot()
    {
        const string Line = """{"model":"m","prompt":"p","answer":"\u00e9"}""";
        using var file = new TemporaryFile(".jsonl", "");
        File.WriteAllText(file.Path, Line, Encoding.UTF8);
        Assert.Equal("\u00e9", RecordedCalls.Read(file.Path).Single().Answer);
        File.WriteAllText(file.Path, Line, Encoding.Unicode);
        Assert.Contains("save the file as UTF-8", Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path).ToList()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("z", 64, 1, "no call is recorded with the prompt 'z'")]
    [InlineData("a", 8, 1, "is not recorded under the budget 8")]
    [InlineData("a", 64, 3, "is not recorded with the seed 3")]
    public async Task WhatWasNotRecorded_IsAFailure(string prompt, int budget, long seed, string problem)
    {
        using var file = new TemporaryFile(".jsonl", """{"model":"m","prompt":"a","budget":64,"seed":1,"answer":"x"}""");
        using var replay = new ReplayChatClient(file.Path, new ReplayOptions { Model = "m" });
        var error = await Assert.ThrowsAsync<ModelCallException>(() => Ask(replay, prompt, budget, seed));
        Assert.Equal(ModelCallFailure.NotRecorded, error.Failure);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "a call has at least 'model', 'prompt' and 'answer'")]
    [InlineData("nonsense", "invalid")]
    [InlineData("{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"a\",\"totalMs\":-1}", "negative")]
    [InlineData("{\"model\":\"m\",\"prompt\":\"p\",\"answer\":3}", "could not be converted")]
    [InlineData("{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"a\",\"answer\":\"b\"}", "'answer' is there twice")]
    [InlineData("{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"a\",\"x\\u2028\":1,\"x\\u2028\":1}", "'x\\u2028' is there twice")]
    [InlineData("{\"model\":\"m\\u001b\",\"prompt\":\"p\",\"answer\":\"a\"}", "the model 'm\\u001B' has the character U+001B")]
    [InlineData("{\"model\":\"\",\"prompt\":\"p\",\"answer\":\"a\"}", "the model's name is empty")]
    [InlineData("{\"model\":\"m\",\"prompt\":\"\\ud800\",\"answer\":\"a\"}", "could not be converted")]
    public void MalformedCall_IsRefusedWithItsLine(string line, string problem)
    {
        using var file = new TemporaryFile(".jsonl", "{\"model\":\"m\",\"prompt\":\"p\",\"answer\":\"a\"}\n" + line);
        var error = Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path).ToList());
        Assert.StartsWith($"{file.Path}(2):", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Pace_IsKeptWhereAskedFor()
    {
        using var file = new TemporaryFile(".jsonl", """{"model":"m","prompt":"a","answer":"x","totalMs":1500}""");
        var settings = ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes($$"""{ "models": { "m": { "replay": "{{file.Path.Replace('\\', '/')}}" } }, "budgets": [0] }"""));
        using var catalog = new ModelProviders().Add(ReplayModels.Provider, ReplayModels.Open).Open(settings);
        Assert.Equal(TimeSpan.FromSeconds(1.5), (await catalog["m"].GetResponseAsync("a")).GetTimings()!.Total);

        var time = new WaitingTime();
        using var slow = new ReplayChatClient(file.Path, new ReplayOptions { Model = "m", KeepsPace = true }, time);
        await slow.GetResponseAsync("a");
        Assert.Equal([TimeSpan.FromSeconds(1.5)], time.Waits);
    }

    [Fact]
    public void Identity_FollowsTheFile()
    {
        using var one = new TemporaryFile(".jsonl", """{"model":"m","prompt":"a","answer":"x"}""");
        using var other = new TemporaryFile(".jsonl", """{"model":"m","prompt":"a","answer":"y"}""");
        Assert.NotEqual(Identity(one), Identity(other));
        Assert.Equal(Identity(one), Identity(one));

        static string Identity(TemporaryFile file)
        {
            using var client = new ReplayChatClient(file.Path, new ReplayOptions { Model = "m" });
            return ((ModelDescription)client.GetService(typeof(ModelDescription))!).Identity;
        }
    }

    private static Task<ChatResponse> Ask(IChatClient client, string prompt, int budget, long seed)
    {
        var options = new ChatOptions { Seed = seed };
        options.SetReasoningBudget(budget);
        return client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options);
    }

    /// <summary>Answers with what it was asked.</summary>
    private sealed class Echo : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("thought"), new TextContent($"{messages.Last().Text}/{options?.GetReasoningBudget()}/{options?.Seed}")]))
            {
                Usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 5, ReasoningTokenCount = 2 },
            };
            response.SetTimings(new GenerationTimings
            {
                TimeToFirstToken = TimeSpan.FromMilliseconds(1.25),
                TokenTimes = [TimeSpan.FromMilliseconds(1.25), TimeSpan.FromMilliseconds(2)],
                Total = TimeSpan.FromMilliseconds(2.5),
            });
            return Task.FromResult(response);
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>A clock whose waits are over at once, and which keeps how long they were to be.</summary>
    private sealed class WaitingTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero)
            {
                Waits.Add(dueTime);
            }

            return System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
        }
    }
}
