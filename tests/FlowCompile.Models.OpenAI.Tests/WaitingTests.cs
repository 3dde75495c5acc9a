using FlowCompile.Models.OpenAI.Tests.Server;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>What is waited for, for how long, and what is not.</summary>
public sealed class WaitingTests : IAsyncLifetime
{
    private readonly RecordingLogger _logger = new();
    private FaultServer _server = null!;

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""")]
    [InlineData(503, """{"error":"Model Qwen/Qwen3-4B is currently loading","estimated_time":20.0}""")]
    [InlineData(503, """{"error":{"message":"llm server loading model"}}""")]
    [InlineData(500, """{"error":{"message":"the model is still loading"}}""")]
    [InlineData(503, """{"error":{"message":"The model is warming up, please try again later"}}""")]
    [InlineData(503, "service is starting")]
    [InlineData(409, """{"error":"the model 'qwen3-4b' is being loaded"}""")]
    [InlineData(425, """{"error":"model is not ready yet"}""")]
    [InlineData(429, """{"error":{"message":"Model is loading, please retry later"}}""")]
    public async Task LoadingModel_IsWaitedForWithoutUsingTriesUp(int status, string body)
    {
        _server.Then([.. Enumerable.Repeat(Reply.Status(status, body), 6), Reply.Status(500), Reply.Text("56")]);
        using var client = _server.Client(retries: 1, logger: _logger, time: new HastyTime(), timeout: TimeSpan.FromHours(2));
        Assert.Equal("56", (await client.AskAsync()).Text);
        Assert.Equal(8, _server.Count);
        Assert.Contains("is loading it", Assert.Single(_logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadingModel_IsWaitedForInAStreamToo()
    {
        _server.Then(Reply.Status(503, """{"error":{"message":"Loading model"}}"""), Reply.Text("56"));
        using var client = _server.Client(retries: 0, time: new HastyTime(), timeout: TimeSpan.FromHours(2));
        Assert.Equal("56", string.Concat(await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")]).Select(update => update.Text).ToListAsync()));
    }

    [Fact]
    public async Task ModelThatIsNeverThere_IsWaitedForAsLongAsATryMayTake()
    {
        _server.Otherwise = _ => Reply.Status(503, """{"error":{"message":"Loading model"}}""");
        var time = new HastyTime();
        using var client = _server.Client(retries: 4, time: time, timeout: TimeSpan.FromHours(1), retryDelay: TimeSpan.FromSeconds(4));
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.ServerError, 1), (error.Failure, error.Attempts));
        Assert.Contains("it was still loading after 3600 s. Raise 'timeoutSeconds'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitsOfNothing_StayNothing()
    {
        // So many that the growth of a wait is beyond any number.
        var options = new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m", RetryDelay = TimeSpan.Zero };
        var time = new HastyTime();
        var polls = 0;
        var tries = new Tries(options, new CallTime(null, time), time, _logger, new OnceFlag());
        await tries.RunAsync(
            () => ++polls > 1100 ? Task.FromResult(true) : throw new FailedCallException(ModelCallFailure.ServerError, "it loads", isTransient: true) { IsLoading = true },
            CancellationToken.None);
        Assert.Equal((1101, 1), (polls, tries.Count));
    }

    [Theory]
    [InlineData("""{"error":{"message":"error loading model: out of memory"}}""")]
    [InlineData("""{"error":{"message":"failed to load the model"}}""")]
    [InlineData("""{"error":{"message":"Model is overloaded"}}""")]
    [InlineData("""{"error":{"message":"server busy, please try again. maximum pending requests exceeded"}}""")]
    public async Task ModelThatDoesNotLoad_UsesTriesUp(string body)
    {
        _server.Otherwise = _ => Reply.Status(503, body);
        using var client = _server.Client(retries: 2, time: new HastyTime(), timeout: TimeSpan.FromHours(2));
        Assert.Equal(3, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Attempts);
        Assert.Equal(3, _server.Count);
    }

    [Theory]
    [InlineData("""{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}}""")]
    [InlineData("""{"error":{"message":"Rate limit reached for m on requests per day (RPD): Limit 200, Used 200. Please try again in 7m12s."}}""")]
    [InlineData("""[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"17s"}]}}]""")]
    [InlineData("""{"error":{"message":"Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day","code":429}}""")]
    [InlineData("""{"error":{"message":"Your credit balance is too low"}}""")]
    [InlineData("""{"error":{"code":"billing_hard_limit_reached","message":"Billing hard limit has been reached"}}""")]
    [InlineData("""{"message":"monthly token limit reached"}""")]
    public async Task UsedUpQuota_FailsAtOnce(string body)
    {
        _server.Otherwise = _ => Reply.Status(429, body);
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, 1), (error.Failure, _server.Count));
        Assert.Contains("The quota is used up", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached for m on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 20s. Visit https://example.com/account/billing to add a payment method."}}""", 20)]
    [InlineData("""[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]},{"retryDelay":"17.5s"}]}}]""", 17.5)]
    [InlineData("""{"error":{"code":"429","message":"Requests have exceeded the token rate limit of your pricing tier. Please retry after 26 seconds."}}""", 26)]
    [InlineData("""{"error":{"message":"Please try again in 250ms."}}""", 0.25)]
    public async Task LimitOfAMinute_IsWaitedFor(string body, double seconds)
    {
        _server.Then(Reply.Status(429, body));
        var time = new HastyTime();
        using var client = _server.Client(time: time, timeout: TimeSpan.FromHours(2));
        await client.AskAsync();
        Assert.Equal([TimeSpan.FromSeconds(seconds)], time.Waits);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (8950 in the messages, 50 in max_tokens).","param":"messages","code":"context_length_exceeded"}}""", "too long for the model")]
    [InlineData(400, """{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}}""", "too long for the model")]
    [InlineData(400, """{"object":"error","message":"'max_tokens' or 'max_completion_tokens' is too large: 50. This model's maximum context length is 40 tokens"}""", "too long for the model")]
    [InlineData(500, """{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}""", "too long for the model")]
    [InlineData(429, """{"error":{"message":"Request too large for m on tokens per min (TPM): Limit 30000, Requested 50000","code":"rate_limit_exceeded"}}""", "too long for the model")]
    [InlineData(401, "{}", "Check the key")]
    [InlineData(403, "{}", "Check the key")]
    [InlineData(404, "{}", "Check the endpoint and the model id")]
    public async Task WhatNoWaitHelps_IsAskedOnce(int status, string body, string advice)
    {
        _server.Otherwise = _ => Reply.Status(status, body, retryAfter: "1");
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync());
        Assert.Equal((ModelCallFailure.Refused, 1), (error.Failure, _server.Count));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\"fields\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400}}""")]
    [InlineData(403, """{"error":{"message":"Your input was flagged by moderation","code":403}}""")]
    [InlineData(400, """{"error":{"message":"Rejected by the safety system.","type":"invalid_request_error","code":"content_policy_violation"}}""")]
    [InlineData(400, """{"error":{"message":"proxy.ContentPolicyViolationError: withheld","code":"400"}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering"}}""")]
    [InlineData(400, """{"error":{"code":"data_inspection_failed","message":"Input data may contain inappropriate content."}}""")]
    [InlineData(500, """{"error":{"message":"The request was rejected","type":"content_filter"}}""")]
    public async Task RefusalOfAFilter_IsOneAndIsAskedOnce(int status, string body)
    {
        _server.Otherwise = _ => Reply.Status(status, body, retryAfter: "1");
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync());
        Assert.Equal((ModelCallFailure.ContentFiltered, 1, status, false), (error.Failure, _server.Count, error.StatusCode, error.MayPass));
        Assert.Contains("content filter", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\"fields\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429 with Retry-After", 429, "30")]
    [InlineData("503 with Retry-After", 503, "30")]
    [InlineData("500", 500, null)]
    public async Task WaitBeyondTheCallersTime_FailsAtOnce(string name, int status, string? retryAfter)
    {
        Assert.NotEmpty(name);
        var time = new HastyTime();
        _server.Otherwise = _ => Reply.Status(status, retryAfter: retryAfter);
        using var client = _server.Client(time: time, timeout: TimeSpan.FromHours(2), retryDelay: TimeSpan.FromSeconds(25));
        var error = await Assert.ThrowsAsync<ModelCallException>(() => AskWithinAsync(client, TimeSpan.FromSeconds(15)));
        Assert.True(error.IsOutOfTime);
        Assert.Contains("and the call has", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (_server.Count, time.Waits.Count));
    }

    [Fact]
    public async Task Tries_EndWithTheCallersTime()
    {
        var time = new HastyTime();
        _server.Otherwise = _ => Reply.Status(500);
        using var client = _server.Client(retries: 100, time: time, timeout: TimeSpan.FromHours(2), retryDelay: TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<ModelCallException>(() => AskWithinAsync(client, TimeSpan.FromSeconds(20)));
        Assert.True(time.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait) <= TimeSpan.FromSeconds(20));
        Assert.InRange(_server.Count, 2, 8);
    }

    [Fact]
    public async Task LoadingBeyondTheCallersTime_FailsAtOnce()
    {
        _server.Otherwise = _ => Reply.Status(503, """{"error":{"message":"Loading model"}}""");
        using var client = _server.Client(time: new HastyTime(), timeout: TimeSpan.FromHours(2), retryDelay: TimeSpan.FromSeconds(4));
        Assert.True((await Assert.ThrowsAsync<ModelCallException>(() => AskWithinAsync(client, TimeSpan.FromSeconds(10)))).IsOutOfTime);
        Assert.InRange(_server.Count, 1, 5);
    }

    [Fact]
    public async Task RestThatOutlastsTheCallersTime_IsNotKept()
    {
        // The first call is told to wait, and the second, which has less time than that, does not even begin.
        var time = new HastyTime();
        _server.Then(Reply.Status(429, retryAfter: "7200"));
        using var client = new OpenAIChatClient(
            new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m", Retries = 0, MaxRetryDelay = TimeSpan.FromHours(5), Timeout = TimeSpan.FromDays(1) }, timeProvider: time);
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        var error = await Assert.ThrowsAsync<ModelCallException>(() => AskWithinAsync(client, TimeSpan.FromSeconds(60)));
        Assert.Equal((ModelCallFailure.RateLimited, true, 1), (error.Failure, error.IsOutOfTime, _server.Count));
    }

    [Fact]
    public async Task DisposedClient_LeavesNoCallWaiting()
    {
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Otherwise = _ => Reply.Hang(() => isThere.TrySetResult());
        var client = new OpenAIChatClient(new OpenAIModelOptions { Endpoint = _server.Endpoint, ModelId = "m", Concurrency = 1, Retries = 0 });
        var first = client.AskAsync();
        var waiting = client.AskAsync();
        await isThere.Task.WaitAsync(TimeSpan.FromMinutes(1));
        client.Dispose();
        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => first.WaitAsync(TimeSpan.FromMinutes(1))));
        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => waiting.WaitAsync(TimeSpan.FromMinutes(1))));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task RedirectWithinTheServer_IsFollowedWithTheBodyAndTheKey(int status)
    {
        _server.Then(Reply.Redirect("/elsewhere/chat/completions?a=b", status), Reply.Redirect("again", status), Reply.Text("56"));
        using var client = _server.Client(retries: 0, key: TestClients.Key);
        Assert.Equal("56", (await client.AskAsync()).Text);
        Assert.Equal(["/v1/chat/completions", "/elsewhere/chat/completions?a=b", "/elsewhere/chat/again"], _server.Calls.Select(call => call.Target));
        Assert.All(_server.Calls, call => Assert.Equal(("hello", $"Bearer {TestClients.Key}"), (call.Prompt, call.Headers["Authorization"])));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task RedirectsInACircle_EndAfterFive(int status)
    {
        _server.Otherwise = call => Reply.Redirect(call.Target, status);
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, status, 6), (error.Failure, error.StatusCode, _server.Count));
        Assert.Contains("in a circle", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task RedirectThatLosesThePrompt_IsRefusedWithTheAddress(int status)
    {
        _server.Otherwise = _ => Reply.Redirect("/v2/chat/completions", status);
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, 1), (error.Failure, _server.Count));
        Assert.Contains($"as the endpoint: {_server.Endpoint.GetLeftPart(UriPartial.Authority)}/v2.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(302)]
    public async Task RedirectToAnotherServer_GetsNeitherPromptNorKey(int status)
    {
        await using var other = await FaultServer.StartAsync();
        _server.Otherwise = _ => Reply.Redirect($"{other.Endpoint}/chat/completions", status);
        using var client = _server.Client(key: TestClients.Key);
        Assert.Equal(ModelCallFailure.Refused, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Failure);
        Assert.Equal((1, 0), (_server.Count, other.Count));
    }

    [Fact]
    public async Task RedirectToNowhere_IsRefused()
    {
        _server.Otherwise = _ => Reply.Redirect("file:///etc/passwd", 307);
        using var client = _server.Client();
        Assert.Equal(ModelCallFailure.Refused, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Failure);
    }

    private static Task<ChatResponse> AskWithinAsync(OpenAIChatClient client, TimeSpan limit)
    {
        var options = new ChatOptions();
        options.SetTimeLimit(limit);
        return client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], options);
    }
}
