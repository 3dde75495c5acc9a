using FlowCompile.Models.OpenAI.Tests.Server;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class FailureTests : IAsyncLifetime
{
    private FaultServer _server = null!;

    public static TheoryData<string, ModelCallFailure> PassingFailures => new()
    {
        { "status 429", ModelCallFailure.RateLimited },
        { "status 500", ModelCallFailure.ServerError },
        { "status 503", ModelCallFailure.ServerError },
        { "status 408", ModelCallFailure.Timeout },
        { "drop", ModelCallFailure.Connection },
        { "break", ModelCallFailure.CutStream },
        { "cut", ModelCallFailure.CutStream },
        { "garbage", ModelCallFailure.InvalidResponse },
        { "other JSON", ModelCallFailure.InvalidResponse },
        { "page", ModelCallFailure.InvalidResponse },
        { "gives up", ModelCallFailure.ServerError },
        { "empty", ModelCallFailure.EmptyAnswer },
        { "blank", ModelCallFailure.EmptyAnswer },
        { "thinking only", ModelCallFailure.EmptyAnswer },
    };

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task PassingFailure_IsTriedAgain(string name, ModelCallFailure failure)
    {
        Assert.True(Enum.IsDefined(failure));
        using var client = _server.Then(Named(name), Named(name), Reply.Text("right")).Client();
        var response = await client.AskAsync();
        Assert.Equal("right", response.Text);
        Assert.Equal(1, response.Usage!.OutputTokenCount);
        Assert.Single(response.GetTimings()!.TokenTimes);
        Assert.Equal(3, _server.Count);
    }

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task FailureThatDoesNotPass_IsTyped(string name, ModelCallFailure failure)
    {
        _server.Otherwise = _ => Named(name);
        using var client = _server.Client(retries: 2);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());

        // Whether half an answer arrives before its connection breaks is a matter of chance.
        Assert.True(failure == error.Failure || (name == "break" && error.Failure == ModelCallFailure.Connection), $"{error.Failure}: {error.Message}");
        Assert.Equal((3, 3, true), (error.Attempts, _server.Count, error.MayPass));
        Assert.StartsWith($"Model 'm' at {_server.Endpoint} failed after 3 tries: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("stall")]
    public async Task TimeLimit_CountsForEachTry(string name)
    {
        // The time is over when the server has the call, however long that took.
        var time = new HastyTime();
        _server.Otherwise = _ => name == "hang" ? Reply.Hang(time.Elapse) : Reply.Stall(time.Elapse);
        using var client = _server.Client(retries: 1, time: time, timeout: TimeSpan.FromHours(2));
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Timeout, 2), (error.Failure, _server.Count));
        Assert.Contains("no whole answer within 7200 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task Refusal_IsNotTriedAgain(int status)
    {
        using var client = _server.Then(Reply.Status(status)).Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, status, 1, 1, false), (error.Failure, error.StatusCode, error.Attempts, _server.Count, error.MayPass));
        Assert.Contains("scripted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsedUpQuota_IsNotTriedAgain()
    {
        using var client = _server.Then(Reply.Status(429, """{"error":{"message":"no money","code":"insufficient_quota"}}""")).Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, 1), (error.Failure, _server.Count));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        using var client = _server.Then(Reply.Redirect()).Client(key: TestClients.Key);
        Assert.Equal(ModelCallFailure.Refused, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Failure);
    }

    [Fact]
    public async Task UnreachableServer_IsNamed()
    {
        var gone = await FaultServer.StartAsync();
        await gone.DisposeAsync();
        using var client = gone.Client(retries: 1);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal(ModelCallFailure.Connection, error.Failure);
        Assert.Contains("Check that the server runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitSpentOnThinking_IsNotTriedAgain()
    {
        using var client = _server.Then(Reply.Text("", "on and on", finish: "length")).Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.EmptyAnswer, 1), (error.Failure, _server.Count));
    }

    [Fact]
    public async Task RetryAfter_IsKept()
    {
        var time = new HastyTime();
        using var client = _server.Then(Reply.Status(429, retryAfter: "7"), Reply.Status(503, retryAfter: "11")).Client(time: time, timeout: TimeSpan.FromHours(2));
        await client.AskAsync();
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11)], time.Waits);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("31536000")]
    [InlineData("1e300")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task WaitThatIsTooLong_IsNotWaitedFor(string wait)
    {
        var time = new HastyTime();
        using var client = _server.Then(Reply.Status(429, retryAfter: wait)).Client(time: time, timeout: TimeSpan.FromHours(2));
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Contains(wait == "3600" ? "it asks to wait 3600 s" : "it asks to wait", error.Message, StringComparison.Ordinal);
        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task RetryAfter_MayBeADateOrMilliseconds()
    {
        var time = new HastyTime();
        var date = DateTimeOffset.UtcNow.AddMinutes(30);
        using var client = new OpenAIChatClient(
            new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m", MaxRetryDelay = TimeSpan.FromHours(1), Timeout = TimeSpan.FromHours(2) }, timeProvider: time);
        _server.Then(
            Reply.Status(429, retryAfter: date.ToString("r", System.Globalization.CultureInfo.InvariantCulture)), Reply.Status(429, retryAfter: "9", retryAfterMs: "1500"));
        await client.AskAsync();
        Assert.Equal(2, time.Waits.Count);
        Assert.InRange(time.Waits[0], TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30));
        Assert.Equal(TimeSpan.FromSeconds(1.5), time.Waits[1]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("soon")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    public async Task RetryAfterThatSaysNothing_LeavesTheWaitsGrowing(string wait)
    {
        var time = new HastyTime();
        _server.Otherwise = _ => Reply.Status(429, retryAfter: wait);
        using var client = _server.Client(retries: 6, time: time, timeout: TimeSpan.FromHours(2), retryDelay: TimeSpan.FromSeconds(0.25));
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal(6, time.Waits.Count);
        Assert.True(time.Waits.Skip(3).Sum(one => one.Ticks) > time.Waits.Take(3).Sum(one => one.Ticks));
    }

    [Fact]
    public async Task RetryAfter_IsKeptByTheCallsThatWaitForTheirFirstTry()
    {
        const int others = 10;
        var time = new HastyTime();
        using var client = new OpenAIChatClient(
            new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m", Concurrency = 2, Retries = 1, MaxRetryDelay = TimeSpan.FromHours(5), Timeout = TimeSpan.FromDays(1) },
            timeProvider: time);
        _server.Then(Reply.Status(429, retryAfter: "7200"));
        var refused = client.AskAsync();

        // The time limit of the try that was refused, and its wait.
        Assert.True(SpinWait.SpinUntil(() => time.LongWaits == 2, TimeSpan.FromMinutes(1)));
        var later = Enumerable.Range(0, others).Select(_ => client.AskAsync()).ToList();
        Assert.True(SpinWait.SpinUntil(() => time.LongWaits == 2 + others, TimeSpan.FromMinutes(1)), $"{time.LongWaits} waits.");
        Assert.Equal(1, _server.Count);
        using var source = new CancellationTokenSource();
        var given = client.AskAsync(cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        time.Elapse();
        Assert.All(await Task.WhenAll([refused, .. later]), response => Assert.Equal("ok", response.Text));
        Assert.Equal(2 + others, _server.Count);
        Assert.InRange(_server.Most, 1, 2);
    }

    [Fact]
    public async Task UsageThatCannotBe_IsNoAnswer()
    {
        using var client = _server.Then(Reply.Events("""{"choices":[{"delta":{"content":"42"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":9007199254740991}}""")).Client(retries: 0);
        Assert.Equal(ModelCallFailure.InvalidResponse, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Failure);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("abort")]
    public async Task AnswerThatTheServerGaveUp_IsNone(string reason)
    {
        using var client = _server.Then(Reply.Text("4", finish: reason), Reply.Text("42")).Client();
        Assert.Equal("42", (await client.AskAsync()).Text);
    }

    [Fact]
    public async Task Waits_GrowAndAreJittered()
    {
        var time = new HastyTime();
        _server.Otherwise = _ => Reply.Status(500);
        using var client = _server.Client(retries: 6, time: time, timeout: TimeSpan.FromHours(2), retryDelay: TimeSpan.FromSeconds(0.25));
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal(12, time.Waits.Count);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(30)));

        // One wait may be shorter than the one before it; three together never are.
        var (first, second) = (time.Waits.Take(6).ToList(), time.Waits.Skip(6).ToList());
        Assert.All([first, second], waits => Assert.True(waits.Skip(3).Sum(wait => wait.Ticks) > waits.Take(3).Sum(wait => wait.Ticks)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task StreamThatBreaksOff_Fails_AfterWhatWasHandedOn()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = _server.Then(Reply.Text("all of it"), Reply.Status(500), Reply.Break(read.Task)).Client();

        // From here on the client knows that the model's answers are plain, and hands them on as they arrive.
        await client.AskAsync();
        var texts = new List<string>();
        var error = await Assert.ThrowsAsync<ModelCallException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")]))
            {
                texts.Add(update.Text);
                read.TrySetResult();
            }
        });
        Assert.Equal(["half"], texts);
        Assert.Equal((ModelCallFailure.CutStream, 2, 3), (error.Failure, error.Attempts, _server.Count));
    }

    [Fact]
    public async Task Cancelling_IsNoFailureOfTheModel()
    {
        using var source = new CancellationTokenSource();
        _server.Otherwise = _ =>
        {
            source.Cancel();
            return Reply.Hang();
        };
        using var client = _server.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AskAsync(cancellationToken: source.Token));
        Assert.Equal(1, _server.Count);
    }

    private static Reply Named(string name) => name switch
    {
        "drop" => Reply.Drop(),
        "break" => Reply.Break(),
        "cut" => Reply.Cut(),
        "garbage" => Reply.Garbage(),
        "other JSON" => Reply.OtherJson(),
        "page" => Reply.Page(),
        "gives up" => Reply.GivesUp(),
        "hang" => Reply.Hang(),
        "stall" => Reply.Stall(),
        "empty" => Reply.Text(""),
        "blank" => Reply.Text("\n"),
        "thinking only" => Reply.Text("", "hm"),
        _ => Reply.Status(int.Parse(name["status ".Length..], System.Globalization.CultureInfo.InvariantCulture)),
    };
}
