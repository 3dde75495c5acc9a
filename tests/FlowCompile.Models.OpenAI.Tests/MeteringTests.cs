using System.Net;
using System.Net.Sockets;
using FlowCompile.Models.OpenAI.Tests.Server;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>Whoever pays for calls is asked before each request, and told what each was billed for, those that failed too.</summary>
public sealed class MeteringTests : IAsyncLifetime
{
    private FaultServer _server = null!;

    public static TheoryData<string, long?, long?, bool> Failures => new()
    {
        // What a refusal does not say, nobody bills.
        { "status 429", 0L, 0L, true },
        { "status 500", 0L, 0L, true },
        { "500 with usage", 40L, 5L, true },
        { "500 with usage in the error", 40L, 5L, true },
        { "given up with usage", 40L, 5L, true },
        { "filtered", 7L, 3L, true },
        { "thinking only", 7L, 2L, true },

        // The answer is "half", of which nobody knows how it went on; a token is at least a byte.
        { "cut", null, 4L, false },
        { "gives up", null, 4L, false },
        { "garbage", null, 4L, false },

        // A gateway that gave up says nothing of the model behind it.
        { "status 504", null, 0L, false },
        { "drop", null, 0L, false },
    };

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_try_is_counted_with_what_is_known_of_it(string name, long? input, long? output, bool isAll)
    {
        // What a filter withholds it would withhold again.
        var tries = name == "filtered" ? 1 : 2;
        _server.Then(Named(name), Named(name));
        using var client = _server.Client(retries: 1);
        var meter = new RecordingMeter();
        using (meter.Use())
        {
            var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
            Assert.Equal(isAll && input > 0 ? (tries * input, tries * output) : (null, null), (error.Usage?.InputTokenCount, error.Usage?.OutputTokenCount));
        }

        Assert.Equal(Enumerable.Repeat((input, output, isAll), tries), meter.Ends);
        Assert.Equal((tries, tries), (meter.Begun, _server.Count));
        Assert.Null(RequestMeter.Current);
    }

    [Fact]
    public async Task An_answer_is_counted_by_its_usage_and_without_one_by_its_bytes()
    {
        _server.Then(Reply.Text("two words", usage: true), Reply.Text("two words", usage: false));
        using var client = _server.Client();
        var meter = new RecordingMeter();
        using var use = meter.Use();
        await client.AskAsync();
        await client.AskAsync();
        Assert.Equal([(7, 2, true), (null, 9, true)], meter.Ends);
    }

    [Fact]
    public async Task A_try_that_may_not_begin_is_not_sent_and_the_call_ends_with_the_meters_exception()
    {
        _server.Otherwise = _ => Reply.Status(500);
        using var client = _server.Client(retries: 5);
        var meter = new RecordingMeter(most: 2);
        using var use = meter.Use();
        await Assert.ThrowsAsync<RecordingMeter.SpentException>(() => client.AskAsync());
        Assert.Equal((3, 2, 2), (meter.Begun, meter.Ends.Count, _server.Count));
    }

    [Fact]
    public async Task A_second_request_from_a_prefix_is_one_of_its_own()
    {
        _server.Then(Reply.Text("", "hm hm", finish: "length"), Reply.Text("right"));
        using var client = _server.Client(reasoning: ReasoningMeans.Continue);
        var meter = new RecordingMeter(most: 1);
        using (meter.Use())
        {
            await Assert.ThrowsAsync<RecordingMeter.SpentException>(() => client.AskAsync(budget: 2));
        }

        Assert.Equal([(7, 2, true)], meter.Ends);
        Assert.Equal(1, _server.Count);
    }

    [Fact]
    public async Task A_streamed_call_is_counted_too_and_one_that_is_left_by_what_was_read()
    {
        _server.Then(Reply.Text("two words"), Reply.Stall());
        using var client = _server.Client();
        var meter = new RecordingMeter();
        using var use = meter.Use();
        await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")]).ToChatResponseAsync();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")]))
        {
            Assert.Equal("half", update.Text);
            break;
        }

        Assert.Equal([(7, 2, true), (null, 4, false)], meter.Ends);
    }

    [Fact]
    public async Task A_continued_call_that_fails_in_a_stream_says_what_both_of_its_requests_took()
    {
        _server.Then(Reply.Text("", "hm hm", finish: "length"), Named("500 with usage"));
        using var client = _server.Client(retries: 0, reasoning: ReasoningMeans.Continue);
        var options = new ChatOptions();
        options.SetReasoningBudget(2);
        var meter = new RecordingMeter();
        using var use = meter.Use();
        var error = await Assert.ThrowsAsync<ModelCallException>(
            () => client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")], options).ToChatResponseAsync());
        Assert.Equal((7 + 40, 2 + 5), (error.Usage?.InputTokenCount, error.Usage?.OutputTokenCount));
        Assert.Equal([(7, 2, true), (40, 5, true)], meter.Ends);
    }

    [Fact]
    public async Task A_timeout_is_counted_by_what_was_read()
    {
        _server.Then(Reply.Stall());
        using var client = _server.Client(retries: 0, timeout: TimeSpan.FromSeconds(1));
        var meter = new RecordingMeter();
        using var use = meter.Use();
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal([(null, 4, false)], meter.Ends);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_bills_nothing()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}/v1");
        closed.Stop();
        using var client = new OpenAIChatClient(new OpenAIModelOptions { Endpoint = endpoint, ModelId = "m", Retries = 0 });
        var meter = new RecordingMeter();
        using var use = meter.Use();
        await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal([(0, 0, true)], meter.Ends);
    }

    private static Reply Named(string name) => name switch
    {
        "status 429" => Reply.Status(429),
        "status 500" => Reply.Status(500),
        "status 504" => Reply.Status(504),
        "500 with usage" => Reply.Status(500, """{"error":{"message":"out of memory"},"usage":{"prompt_tokens":40,"completion_tokens":5}}"""),
        "500 with usage in the error" => Reply.Status(500, """{"error":{"message":"out of memory","usage":{"prompt_tokens":40,"completion_tokens":5}}}"""),
        "given up with usage" => Reply.Events("""{"choices":[{"delta":{"content":"half"}}]}""", """{"error":{"message":"out of memory"},"usage":{"prompt_tokens":40,"completion_tokens":5}}"""),
        "filtered" => Reply.Events(
            """{"choices":[{"delta":{"content":""},"finish_reason":"content_filter"}]}""", """{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}"""),
        "thinking only" => Reply.Text("", "hm hm"),
        "cut" => Reply.Cut(),
        "gives up" => Reply.GivesUp(),
        "garbage" => Reply.Garbage(),
        "drop" => Reply.Drop(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
