using FlowCompile.Models.OpenAI.Tests.Server;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class AnswerTests : IAsyncLifetime
{
    private FaultServer _server = null!;

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Answer_ComesWithUsageAndTheTimeOfEveryToken()
    {
        using var client = _server.Then(Reply.Text("the answer is 42", "let me think")).Client();
        var response = await client.AskAsync();

        Assert.Equal("the answer is 42", response.Text);
        Assert.Equal("let me think", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.Equal((7, 7, 3), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        var timings = response.GetTimings()!;
        Assert.Equal(7, timings.TokenTimes.Count);
        Assert.Equal(timings.TokenTimes[0], timings.TimeToFirstToken);
        Assert.Equal(timings.TokenTimes.Order(), timings.TokenTimes);
        Assert.True(timings.Total >= timings.TokenTimes[^1]);
    }

    [Fact]
    public async Task StreamedAnswer_IsTheSameAsAWholeOne()
    {
        _server.Otherwise = _ => Reply.Text("the answer is 42", "let me think");
        using var client = _server.Client();
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")]))
        {
            updates.Add(update);
        }

        var response = updates.ToChatResponse();
        Assert.Equal(8, updates.Count);
        Assert.Equal("the answer is 42", response.Text);
        Assert.Equal((7, 3), (response.Usage!.OutputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(7, response.GetTimings()!.TokenTimes.Count);
    }

    [Fact]
    public async Task Request_SaysWhatTheOptionsSay()
    {
        using var client = _server.Client(key: TestClients.Key);
        await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "hello")],
            new ChatOptions { Temperature = 0.7f, TopP = 0.5f, Seed = 5, MaxOutputTokens = 9, StopSequences = ["#"], Instructions = "be brief", ResponseFormat = ChatResponseFormat.Json });

        var call = Assert.Single(_server.Calls);
        Assert.Equal($"Bearer {TestClients.Key}", call.Headers["Authorization"]);
        Assert.Equal(
            """{"model":"m","messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hello"}],"stream":true,"stream_options":{"include_usage":true},"temperature":0.7,"top_p":0.5,"max_tokens":9,"seed":5,"stop":["#"],"response_format":{"type":"json_object"}}""",
            call.Body.ToJsonString());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public async Task Seeds_FitTheRangeThatEveryServerTakes(long seed)
    {
        using var client = _server.Client();
        await client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Seed = seed });
        Assert.InRange((int)_server.Calls[0].Body["seed"]!, 0, int.MaxValue);
    }

    [Fact]
    public async Task NoKey_SendsNone()
    {
        using var client = _server.Client();
        await client.AskAsync();
        Assert.False(_server.Calls[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task ServerThatDoesNotStream_IsUnderstood()
    {
        using var client = _server.Then(Reply.Whole("42")).Client();
        Assert.Equal("42", (await client.AskAsync()).Text);
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task ThinkingTokensThatTheServerDoesNotCount_AreTheirShareOfThePieces(string field)
    {
        using var client = _server.Then(Reply.Text("a b", "c d e", countsThinking: false, thinkingField: field)).Client();
        Assert.Equal(3, (await client.AskAsync()).Usage!.ReasoningTokenCount);
    }

    [Fact]
    public async Task UsageThatComesWithEveryChunk_CountsOnce()
    {
        using var client = _server.Then(Reply.Events(
            """{"choices":[{"delta":{"content":"4"}}],"usage":{"prompt_tokens":7,"completion_tokens":1}}""",
            """{"choices":[{"delta":{"content":"2"}}],"usage":{"prompt_tokens":7,"completion_tokens":2}}""",
            """{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""")).Client();
        var response = await client.AskAsync();
        Assert.Equal(("42", 7, 3), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"total_tokens":16,"completion_tokens_details":{"reasoning_tokens":6}}""", 9, 6)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"total_tokens":16,"reasoning_tokens":6}""", 9, 6)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"output_tokens_details":{"reasoning_tokens":6},"completion_tokens_details":null}""", 9, 6)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"total_tokens":22,"completion_tokens_details":{"reasoning_tokens":6}}""", 15, 6)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":60}}""", 69, 60)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"total_tokens":22}""", 15, 6)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":5}}""", 9, 0)]
    public async Task ThinkingTokens_AreReadInEachFormThatServersGiveThem(string usage, int output, int thinking)
    {
        using var client = _server.Then(Reply.Events($$"""{"choices":[{"delta":{"content":"42"},"finish_reason":"stop"}],"usage":{{usage}}}""")).Client();
        var response = await client.AskAsync();
        Assert.Equal((7, output, thinking), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(output, response.GetTimings()!.TokenTimes.Count);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":5}}""", 5L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"input_tokens_details":{"cachedTokens":5}}""", 5L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_cache_hit_tokens":5,"prompt_cache_miss_tokens":2}""", 5L)]
    [InlineData("""{"input_tokens":7,"output_tokens":9,"cache_read_input_tokens":5}""", 5L)]
    [InlineData("""{"promptTokenCount":7,"candidatesTokenCount":9,"cachedContentTokenCount":5}""", 5L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"cached_tokens":5}""", 5L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":500}}""", 7L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":0}}""", 0L)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":-5}}""", null)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9,"prompt_tokens_details":null}""", null)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":9}""", null)]
    public async Task CachedTokens_AreReadInEachFormThatServersGiveThem(string usage, long? cached)
    {
        using var client = _server.Then(Reply.Events($$"""{"choices":[{"delta":{"content":"42"},"finish_reason":"stop"}],"usage":{{usage}}}""")).Client();
        var response = await client.AskAsync();
        Assert.Equal((7, 9, cached), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.CachedInputTokenCount));
    }

    [Theory]
    [InlineData("""{"reasoning_content":"","reasoning":"hm"}""", """{"content":"42"}""")]
    [InlineData("""{"reasoning":{"effort":"low"},"reasoning_content":"hm"}""", """{"content":"42"}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}""", """{"content":[{"type":"text","text":"42"}]}""")]
    [InlineData("""{"reasoning":"hm","content":""}""", """{"content":"","refusal":"42"}""")]
    public async Task ThinkingAndAnswer_AreReadInEachFormThatServersGiveThem(string thinking, string answer)
    {
        using var client = _server.Then(Reply.Events(
            $$"""{"id":17,"choices":[{"delta":{{thinking}}}]}""", $$"""{"id":17,"choices":[{"delta":{{answer}},"finish_reason":"stop"}]}""")).Client();
        var response = await client.AskAsync();
        Assert.Equal("42", response.Text);
        Assert.Equal("hm", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
    }

    [Fact]
    public async Task AnswerWithoutAReasonForItsEnd_IsWhole()
    {
        using var client = _server.Then(Reply.Events("""{"choices":[{"delta":{"content":"<thi"}}]}""")).Client();
        Assert.Equal("<thi", (await client.AskAsync()).Text);
    }

    [Fact]
    public async Task ThinkingLeftInTheText_IsPartedFromTheAnswer()
    {
        using var client = _server.Then(Reply.Text("<th ink>no mark", countsThinking: false)).Then(Reply.Text("<think> one two </think> 42", countsThinking: false)).Client();
        Assert.Equal("<th ink>no mark", (await client.AskAsync()).Text);
        var response = await client.AskAsync();
        Assert.Equal("42", response.Text);
        Assert.Equal(" one two ", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
    }

    [Fact]
    public async Task BorderThatAMarkMoves_MovesTokensAndTimes_AndIsToldOnce()
    {
        var logger = new RecordingLogger();
        _server.Otherwise = _ => Reply.Text("one two </think> 56");
        using var client = _server.Client(logger: logger);
        var response = await client.AskAsync();
        Assert.Equal(("56", 4L, 3L), (response.Text, response.Usage!.OutputTokenCount, response.Usage.ReasoningTokenCount));
        var timings = response.GetTimings()!;
        Assert.Equal(4, timings.TokenTimes.Count);
        Assert.True(timings.TokenTimes[3] >= timings.TokenTimes[2]);
        await client.AskAsync();
        Assert.Contains("a closing mark such as '</think>' and no opening one", Assert.Single(logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerInOnePiece_SharesItsTokensByLength()
    {
        using var client = _server.Then(Reply.Events(
            """{"choices":[{"delta":{"content":"<think>thirty-two characters of thought</think>56 and 7"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":100}}""")).Client();
        Assert.Equal(80, (await client.AskAsync()).Usage!.ReasoningTokenCount);
    }

    [Fact]
    public async Task MissingUsage_IsWarnedOfOnce()
    {
        var logger = new RecordingLogger();
        _server.Otherwise = _ => Reply.Text("ok", usage: false);
        using var client = _server.Client(logger: logger);
        Assert.Null((await client.AskAsync()).Usage);
        await client.AskAsync();
        Assert.Single(logger.Warnings, text => text.Contains("reports no usage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsNotText_IsRefused()
    {
        using var client = _server.Client();
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent("data:image/png;base64,AA==")])]));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "x")], new ChatOptions { Tools = [AIFunctionFactory()] }));
        Assert.Empty(_server.Calls);

        static AITool AIFunctionFactory() => new HostedWebSearchTool();
    }

    [Fact]
    public async Task Client_DescribesItsModelWithoutTheKey()
    {
        using var client = _server.Client(key: TestClients.Key, reasoning: ReasoningMeans.Limit);
        await client.AskAsync();
        var description = (ModelDescription)client.GetService(typeof(ModelDescription))!;
        Assert.Equal("openai", description.Provider);
        Assert.Equal($"{_server.Endpoint}#m#limit:thinking_token_budget", description.Identity);
    }
}
