using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>Clients that break their contract: each a typed failure of the model, which the run meets as any other, and none that the run waits for.</summary>
public class ClientGuardTests
{
    private static readonly Dictionary<string, Func<CancellationToken, Task<ChatResponse>?>> s_whole = new()
    {
        ["no task"] = _ => null,
        ["no response"] = _ => Task.FromResult<ChatResponse>(null!),
        ["no response, later"] = async _ => await LaterAsync<ChatResponse>(null!),
        ["a message that is null"] = _ => Task.FromResult(new ChatResponse { Messages = [null!] }),
        ["a content that is null"] = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [null!]))),
        ["negative input"] = _ => Task.FromResult(Answer(new UsageDetails { InputTokenCount = -1 })),
        ["negative output"] = async _ => await LaterAsync(Answer(new UsageDetails { OutputTokenCount = long.MinValue })),
        ["negative thinking"] = _ => Task.FromResult(Answer(new UsageDetails { ReasoningTokenCount = -7 })),
        ["absurd usage"] = _ => Task.FromResult(Answer(new UsageDetails { OutputTokenCount = long.MaxValue })),
        ["a negative time"] = _ => Task.FromResult(WithTime(TimeSpan.FromSeconds(-1))),
        ["a throw before the task"] = _ => throw new FormatException("at once"),
        ["a failed task"] = _ => Task.FromException<ChatResponse>(new FormatException("at once")),
        ["a cancellation of its own"] = _ => throw new OperationCanceledException("by itself"),
        ["a canceled task"] = _ => Task.FromCanceled<ChatResponse>(new CancellationToken(canceled: true)),
        ["a cancellation, later"] = async _ => await FailLaterAsync(new TaskCanceledException("by itself")),
    };

    private static readonly Dictionary<string, Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>?>> s_streamed = new()
    {
        ["no stream"] = _ => null,
        ["no enumerator"] = _ => new NoEnumerator(),
        ["an update that is null"] = _ => Updates([null!]),
        ["a null after an empty one"] = _ => Updates(new ChatResponseUpdate(), null!),
        ["a content that is null"] = _ => Updates(new ChatResponseUpdate(ChatRole.Assistant, [null!])),
        ["negative usage"] = _ => Updates(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { OutputTokenCount = -1 })])),
        ["a throw before the stream"] = _ => throw new FormatException("at once"),
        ["a cancellation of its own"] = _ => Throwing(new OperationCanceledException("by itself")),
    };

    public static TheoryData<string, bool> Whole
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var what in s_whole.Keys)
            {
                data.Add(what, false);
                data.Add(what, true);
            }

            return data;
        }
    }

    public static TheoryData<string> Streamed => [.. s_streamed.Keys];

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task ClientThatBreaksItsContract_IsMetByAReroute(string what, bool isPlain)
    {
        var models = Catalog(new RudeClient { Whole = s_whole[what] });
        var runtime = new WorkflowRuntime { Retries = 0, CallTimeout = isPlain ? null : TimeSpan.FromHours(1) };

        var result = await new MathWorkflow { Models = models, Runtime = runtime }.RunAsync("x", Preference.MostAccurate, Options());

        Assert.Equal("1", result.Output);
        var failure = Assert.Single(result.Failures);
        Assert.True(failure.IsModelFailure);
        Assert.Equal("b", failure.Setting!.Value.Model);
        Assert.Single(result.Reroutes);
        Assert.IsNotType<NullReferenceException>(failure.Exception);
        Assert.IsNotAssignableFrom<OperationCanceledException>(failure.Exception);
        Assert.DoesNotContain('\n', failure.ToString());
        if (failure.Exception is ModelCallException error)
        {
            Assert.StartsWith("The client of the model 'b' ", error.Message, StringComparison.Ordinal);
            Assert.Equal(what.Contains("cancel", StringComparison.Ordinal) ? ModelCallFailure.Timeout : ModelCallFailure.InvalidResponse, error.Failure);
        }
        else
        {
            Assert.IsType<FormatException>(failure.Exception);
        }
    }

    [Theory]
    [MemberData(nameof(Streamed))]
    public async Task StreamThatBreaksItsContract_IsMetByAReroute(string what)
    {
        var models = Catalog(new RudeClient { Streamed = s_streamed[what] });
        var stream = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { Retries = 0 } }.RunStreamingAsync("x", Preference.MostAccurate, Options());

        var text = "";
        await foreach (var update in stream)
        {
            text += update.Text;
        }

        Assert.Equal(("1", "1"), (text, stream.Result.Output));
        var failure = Assert.Single(stream.Result.Failures);
        Assert.True(failure.IsModelFailure);
        Assert.IsNotType<NullReferenceException>(failure.Exception);
        Assert.IsNotAssignableFrom<OperationCanceledException>(failure.Exception);
    }

    [Fact]
    public async Task NullInTheMiddleOfAStream_IsNoEnd()
    {
        var models = Catalog(new RudeClient { Streamed = _ => Updates(new ChatResponseUpdate(ChatRole.Assistant, "half"), null!) });
        var stream = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { Retries = 0 } }.RunStreamingAsync("x", Preference.MostAccurate, Options());
        var error = await Assert.ThrowsAsync<WorkflowException>(async () =>
        {
            await foreach (var update in stream)
            {
                Assert.Equal("half", update.Text);
            }
        });
        Assert.Contains("returned an update that is null", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerAfterItsTime_IsNone(bool isStreamed)
    {
        using var time = new ManualTime();
        var client = new RudeClient
        {
            Whole = _ =>
            {
                time.Advance(TimeSpan.FromSeconds(3));
                return Task.FromResult(Answer());
            },
            Streamed = _ =>
            {
                time.Advance(TimeSpan.FromSeconds(3));
                return Updates(new ChatResponseUpdate(ChatRole.Assistant, "2"));
            },
        };
        var workflow = new MathWorkflow { Models = Catalog(client), Runtime = new WorkflowRuntime { Retries = 0, CallTimeout = TimeSpan.FromSeconds(3), TimeProvider = time } };
        var result = isStreamed ? await ReadAsync(workflow) : await workflow.RunAsync("x", Preference.MostAccurate, Options());
        Assert.Equal("1", result.Output);
        Assert.Equal("The model 'b' gave no answer within 3 s.", Assert.IsType<TimeoutException>(Assert.Single(result.Failures).Exception).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatIgnoresItsToken_IsNotWaitedFor(bool isStreamed)
    {
        using var time = new ManualTime();
        var client = new RudeClient { Whole = _ => new TaskCompletionSource<ChatResponse>().Task, Streamed = _ => Never() };
        var workflow = new MathWorkflow { Models = Catalog(client), Runtime = new WorkflowRuntime { Retries = 0, CallTimeout = TimeSpan.FromSeconds(3), TimeProvider = time } };
        var run = isStreamed ? ReadAsync(workflow) : workflow.RunAsync("x", Preference.MostAccurate, Options());
        await time.TimerSetAsync();
        time.Advance(TimeSpan.FromSeconds(3));
        var result = await run.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("1", result.Output);
        Assert.IsType<TimeoutException>(Assert.Single(result.Failures).Exception);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task RunThatIsCanceled_DoesNotWaitForAClientThatIgnoresItsToken(bool isStreamed, bool isPlain)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = new RudeClient
        {
            Whole = _ =>
            {
                asked.TrySetResult();
                return new TaskCompletionSource<ChatResponse>().Task;
            },
            Streamed = _ =>
            {
                asked.TrySetResult();
                return Never();
            },
        };
        using var source = new CancellationTokenSource();
        var workflow = new MathWorkflow { Models = Catalog(client), Runtime = new WorkflowRuntime { CallTimeout = isPlain ? null : TimeSpan.FromHours(1) } };
        var run = isStreamed ? ReadAsync(workflow, source.Token) : workflow.RunAsync("x", Preference.MostAccurate, Options(), source.Token);
        await asked.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task HedgeThatWins_DoesNotWaitForAClientThatIgnoresItsToken()
    {
        using var time = new ManualTime();
        var calls = 0;
        var client = new RudeClient { Whole = _ => Interlocked.Increment(ref calls) == 1 ? new TaskCompletionSource<ChatResponse>().Task : Task.FromResult(Answer()) };
        var workflow = new MathWorkflow { Models = Catalog(client), Runtime = new WorkflowRuntime { Hedging = HedgePolicy.After(TimeSpan.FromSeconds(1)), TimeProvider = time } };
        var run = workflow.RunAsync("x", Preference.MostAccurate, Options());
        await time.TimerSetAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var result = await run.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("2", result.Output);
        Assert.True(Assert.Single(result.Hedges).Won);
    }

    [Fact]
    public async Task LimitOfACall_IsToldToTheClient()
    {
        TimeSpan? told = null;
        var client = new OptionsModel(options => told = options?.GetTimeLimit());
        await new MathWorkflow { Models = Catalog(client), Runtime = new WorkflowRuntime { CallTimeout = TimeSpan.FromSeconds(30) } }.RunAsync("x", Preference.MostAccurate, Options());
        Assert.Equal(TimeSpan.FromSeconds(30), told);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(TimeSpan.TicksPerDay * 100_000)]
    [InlineData(1)]
    public async Task BreakOfAnyLength_IsKept(long ticks)
    {
        using var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(1000));
        var asked = 0;
        var client = new RudeClient
        {
            Whole = _ =>
            {
                asked++;
                throw new HttpRequestException("down");
            },
        };
        var runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0, FailuresToBreak = 1, BreakDuration = TimeSpan.FromTicks(ticks) };
        var workflow = new MathWorkflow { Models = Catalog(client), Runtime = runtime };
        await workflow.RunAsync("x", Preference.MostAccurate, Options());
        await workflow.RunAsync("x", Preference.MostAccurate, Options());
        Assert.Equal(1, asked);
        time.Advance(TimeSpan.FromDays(50_000));
        await workflow.RunAsync("x", Preference.MostAccurate, Options());
        Assert.Equal(ticks == 1 ? 2 : 1, asked);
    }

    [Fact]
    public void SettingsThatCannotBe_AreRefusedByName()
    {
        TimeSpan[] negative = [TimeSpan.FromTicks(-1), TimeSpan.MinValue, Timeout.InfiniteTimeSpan];
        foreach (var time in negative)
        {
            Refused("RetryDelay", () => new WorkflowRuntime { RetryDelay = time });
            Refused("RetryDelay", () => new WorkflowRuntimeOptions { RetryDelay = time });
        }

        foreach (var time in (TimeSpan[])[.. negative, TimeSpan.Zero])
        {
            Refused("CallTimeout", () => new WorkflowRuntime { CallTimeout = time });
            Refused("CallTimeout", () => new WorkflowRuntimeOptions { CallTimeout = time });
            Refused("BreakDuration", () => new WorkflowRuntime { BreakDuration = time });
            Refused("BreakDuration", () => new WorkflowRuntimeOptions { BreakDuration = time });
            Assert.Throws<ArgumentOutOfRangeException>(() => HedgePolicy.After(time));
            Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Deadline = time });
        }

        Refused("Retries", () => new WorkflowRuntime { Retries = -1 });
        Refused("Retries", () => new WorkflowRuntimeOptions { Retries = int.MinValue });
        Refused("FailuresToBreak", () => new WorkflowRuntime { FailuresToBreak = 0 });
        Refused("FailuresToBreak", () => new WorkflowRuntimeOptions { FailuresToBreak = -1 });
        Assert.Throws<ArgumentNullException>(() => new WorkflowRuntime { TimeProvider = null! });
        Assert.Throws<ArgumentNullException>(() => new WorkflowRuntime { Logger = null! });
        Assert.Throws<ArgumentNullException>(() => new RunOptions { DeniedModels = null! });

        static void Refused(string name, Func<object> create)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(create);
            Assert.Equal(name, error.ParamName);
            Assert.StartsWith(name + " is ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TimesOfAnyLength_AreTaken()
    {
        var runtime = new WorkflowRuntime
        {
            Retries = int.MaxValue,
            RetryDelay = TimeSpan.MaxValue,
            CallTimeout = TimeSpan.MaxValue,
            BreakDuration = TimeSpan.MaxValue,
            FailuresToBreak = int.MaxValue,
            Hedging = HedgePolicy.After(TimeSpan.MaxValue),
        };
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=a@0"), Deadline = TimeSpan.MaxValue };
        Assert.Equal("1", (await new MathWorkflow { Models = Catalog(new RudeClient()), Runtime = runtime }.RunAsync("x", Preference.MostAccurate, options)).Output);
    }

    private static ModelCatalog Catalog(IChatClient rude) => new ModelCatalog().Add("a", new FakeModel(_ => "1")).Add("b", rude);

    private static RunOptions Options() => new() { Plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=b@0") };

    private static async Task<WorkflowResult<string>> ReadAsync(MathWorkflow workflow, CancellationToken cancellationToken = default)
    {
        var stream = workflow.RunStreamingAsync("x", Preference.MostAccurate, Options(), cancellationToken);
        await foreach (var update in stream)
        {
            Assert.NotNull(update);
        }

        return stream.Result;
    }

    private static ChatResponse Answer(UsageDetails? usage = null) => new(new ChatMessage(ChatRole.Assistant, "2")) { Usage = usage };

    private static ChatResponse WithTime(TimeSpan total)
    {
        var response = Answer();
        response.SetTimings(new GenerationTimings { TimeToFirstToken = TimeSpan.Zero, TokenTimes = [], Total = total });
        return response;
    }

    private static async Task<T> LaterAsync<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    private static async Task<ChatResponse> FailLaterAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(params ChatResponseUpdate[] updates)
    {
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Throwing(Exception exception)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate();
        throw exception;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Never()
    {
        await new TaskCompletionSource().Task;
        yield break;
    }

    private sealed class NoEnumerator : IAsyncEnumerable<ChatResponseUpdate>
    {
        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => null!;
    }
}
