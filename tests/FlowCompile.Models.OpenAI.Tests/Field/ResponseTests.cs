using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests.Field;

/// <summary>Responses as servers send them, byte by byte over a socket: read right, or failed with a type.</summary>
public sealed class ResponseTests
{
    private const string Five = """{"choices":[{"index":0,"delta":{"content":"5"},"finish_reason":null}]}""";
    private const string Six = """{"choices":[{"index":0,"delta":{"content":"6"},"finish_reason":null}]}""";
    private const string Stop = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
    private const string End = "data: " + Stop + "\n\ndata: [DONE]\n\n";

    public static TheoryData<string, string> Right => new()
    {
        { "lines of JSON", $"{Five}\n{Six}\n{Stop}\n" },
        { "lines of JSON, without an end of the last", $"{Five}\n{Six}\n{Stop}" },
        { "a list of chunks", $"[{Five},\n{Six},\n{Stop}]" },
        { "one JSON over lines", "{\n  \"choices\": [\n    {\n      \"message\": {\n        \"content\": \"56\"\n      }\n    }\n  ]\n}\n" },
        { "the whole as the data of an event", "data: {\"object\":\"chat.completion\",\"choices\":[{\"message\":{\"content\":\"56\"},\"finish_reason\":\"stop\"}]}\n\n" },
        { "messages instead of deltas", "data: {\"choices\":[{\"message\":{\"content\":\"5\"}}]}\n\ndata: {\"choices\":[{\"message\":{\"content\":\"6\"},\"finish_reason\":\"stop\"}]}\n\n" },
        { "the whole once more at the end", $"data: {Five}\n\ndata: {Six}\n\ndata: {{\"object\":\"chat.completion\",\"choices\":[{{\"message\":{{\"content\":\"56\"}},\"finish_reason\":\"stop\"}}]}}\n\n" },
        { "a piece that only the whole at the end has", $"data: {Five}\n\ndata: {{\"object\":\"chat.completion\",\"choices\":[{{\"message\":{{\"content\":\"56\"}},\"finish_reason\":\"stop\"}}]}}\n\n" },
        { "Ollama's own lines", "{\"message\":{\"role\":\"assistant\",\"content\":\"5\"},\"done\":false}\n{\"message\":{\"content\":\"6\"},\"done\":false}\n{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"eval_count\":2,\"prompt_eval_count\":5}\n" },
        { "carriage returns and line feeds", $"data: {Five}\r\n\r\ndata: {Six}\r\n\r\ndata: {Stop}\r\n\r\n" },
        { "carriage returns", $"data: {Five}\r\rdata: {Six}\r\rdata: {Stop}\r\r" },
        { "a byte order mark", $"\u00EF\u00BB\u00BFdata: {Five}\n\ndata: {Six}\n\n{End}" },
        { "comments and pings", $": ping\n\nevent: ping\ndata: {{\"type\":\"ping\"}}\n\ndata: {Five}\n\n: OPENROUTER PROCESSING\n\ndata: null\n\ndata:\n\ndata: keep-alive\n\ndata: {{}}\n\nid: 7\nretry: 10\ndata: {Six}\n\n{End}" },
        { "no blank between events", $"data: {Five}\ndata: {Six}\ndata: {Stop}\ndata: [DONE]\n" },
        { "no blank behind the colon", $"data:{Five}\n\ndata:{Six}\n\ndata:{Stop}\n\ndata:[DONE]\n\n" },
        { "data over lines", $"data: {{\"choices\":[{{\"index\":0,\ndata: \"delta\":{{\"content\":\"56\"}},\ndata: \"finish_reason\":\"stop\"}}]}}\n\n" },
        { "no last event", $"data: {Five}\n\ndata: {Six}\n\ndata: {Stop}\n\n" },
        { "only the last event", $"data: {Five}\n\ndata: {Six}\n\ndata: [DONE]\n\n" },
        { "no line feed at the end", $"data: {Five}\n\ndata: {Six}\n\ndata: {Stop}" },
        { "rubbish behind a chunk", $"data: {Five}}}\n\ndata: {Six} \u0000\u0001 rest\n\n{End}" },
        { "events without a line feed between them", $"data: {Five}data: {Six}\n\n{End}" },
        { "rubbish behind the end", $"data: {Five}\n\ndata: {Six}\n\n{End}data: {Five}\n\n<html>\n" },
        { "an error behind the end", $"data: {Five}\n\ndata: {Six}\n\n{End}data: {{\"error\":\"late\"}}\n\n" },
        { "half an event behind the reason for the end", $"data: {Five}\n\ndata: {Six}\n\ndata: {Stop}\n\ndata: {{\"choices\":[],\"usa" },
        { "numbers that are none", "data: {\"choices\":[{\"delta\":{\"content\":\"56\"},\"logprobs\":{\"a\":[-Infinity,NaN,Infinity,1e999]}}]}\n\n" + End },
        { "another choice", $"data: {Five.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)}\n\ndata: {Six.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)}\n\ndata: {Stop.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)}\n\n" },
        { "a second choice", $"data: {Five}\n\ndata: {Five.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)}\n\ndata: {Six}\n\n{End}" },
        { "a second choice first", $"data: {Six.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)}\n\ndata: {Five}\n\ndata: {Six}\n\n{End}" },
        { "a second choice in the chunk", "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"7\"}},{\"index\":0,\"delta\":{\"content\":\"56\"}}]}\n\n" + End },
        { "nulls", "data: {\"id\":null,\"choices\":null,\"usage\":null}\n\ndata: {\"choices\":[{\"delta\":null}],\"error\":null}\n\ndata: {\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":null,\"tool_calls\":null,\"refusal\":null}}]}\n\n" + $"data: {Five}\n\ndata: {Six}\n\n{End}" },
        { "an empty reason for the end with each chunk", $"data: {Five.Replace("null", "\"\"", StringComparison.Ordinal)}\n\ndata: {Six.Replace("null", "\"\"", StringComparison.Ordinal)}\n\n{End}" },
        { "control characters in texts", "data: {\"id\":\"a\tb\",\"choices\":[{\"delta\":{\"content\":\"56\"}}]}\n\n" + End },
        { "bytes that are no UTF-8 in a name", "data: {\"id\":\"\u00ff\u00fe\",\"choices\":[{\"delta\":{\"content\":\"56\"}}]}\n\n" + End },
        { "a lone half in a name", "data: {\"id\":\"\\ud83d\",\"choices\":[{\"delta\":{\"content\":\"56\"}}]}\n\n" + End },
        { "content as an object", "data: {\"choices\":[{\"delta\":{\"content\":{\"type\":\"text\",\"text\":\"56\"}}}]}\n\n" + End },
        { "a text completion", "data: {\"choices\":[{\"text\":\"56\",\"finish_reason\":\"stop\"}]}\n\n" },
    };

    public static TheoryData<string, string, ModelCallFailure, bool> Wrong => new()
    {
        { "nothing", "", ModelCallFailure.InvalidResponse, true },
        { "a page", "<html>busy</html>", ModelCallFailure.InvalidResponse, true },
        { "pings only", ": ping\n\n: ping\n\n", ModelCallFailure.InvalidResponse, true },
        { "half of the events", $"data: {Five}\n\n", ModelCallFailure.CutStream, true },
        { "half of the lines", $"{Five}\n", ModelCallFailure.CutStream, true },
        { "half an event", $"data: {Five}\n\ndata: {Six[..30]}", ModelCallFailure.CutStream, true },
        { "half a JSON", "{\"choices\":[{\"message\":{\"content\":\"5", ModelCallFailure.CutStream, true },
        { "half of messages", "data: {\"choices\":[{\"message\":{\"content\":\"5\"}}]}\n\n", ModelCallFailure.CutStream, true },
        { "broken JSON", "data: {\"choices\":[{\"delta\":{\"content\":}}]}\n\n", ModelCallFailure.InvalidResponse, true },
        { "another message at the end", $"data: {Five}\n\ndata: {{\"object\":\"chat.completion\",\"choices\":[{{\"message\":{{\"content\":\"67\"}},\"finish_reason\":\"stop\"}}]}}\n\n", ModelCallFailure.InvalidResponse, true },
        { "an error as a text", $"data: {Five}\n\ndata: {{\"error\":\"upstream timeout\"}}\n\n", ModelCallFailure.ServerError, true },
        { "an error with a code", $"data: {Five}\n\ndata: {{\"error\":{{\"message\":\"slow down\",\"code\":429}}}}\n\n", ModelCallFailure.RateLimited, true },
        { "an error that a retry does not mend", $"data: {{\"error\":{{\"message\":\"the prompt is too long\",\"type\":\"invalid_request_error\"}}}}\n\n", ModelCallFailure.Refused, false },
        { "an error of a filter", $"data: {{\"error\":{{\"message\":\"withheld\",\"code\":\"content_filter\"}}}}\n\n", ModelCallFailure.ContentFiltered, false },
        { "an error of a quota", "data: {\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}\n\n", ModelCallFailure.Refused, false },
        { "an error event", "event: error\ndata: {\"message\":\"upstream is gone\"}\n\n", ModelCallFailure.ServerError, true },
        { "an error event without JSON", "event: error\ndata: upstream is gone\n\n", ModelCallFailure.ServerError, true },
        { "an error object", "{\"object\":\"error\",\"message\":\"upstream is gone\",\"code\":502}", ModelCallFailure.ServerError, true },
        { "an error behind the answer", $"data: {Five}\n\ndata: {Six}\n\ndata: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"error\"}}]}}\n\n", ModelCallFailure.ServerError, true },
        { "a filter", "data: {\"choices\":[{\"delta\":{\"content\":\"5\"},\"finish_reason\":\"content_filter\"}]}\n\n", ModelCallFailure.ContentFiltered, false },
        { "a refusal in the middle", "data: {\"choices\":[{\"delta\":{\"content\":\"5\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"refusal\":\"no\"},\"finish_reason\":\"stop\"}]}\n\n", ModelCallFailure.ContentFiltered, false },
        { "a tool", "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n", ModelCallFailure.ToolCall, false },
        { "thinking only", "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\"}]}\n\n", ModelCallFailure.EmptyAnswer, true },
        { "a limit within the thinking", "data: {\"choices\":[{\"delta\":{\"content\":\"<think>hm\"},\"finish_reason\":\"length\"}]}\n\n", ModelCallFailure.EmptyAnswer, false },
        { "blanks", "data: {\"choices\":[{\"delta\":{\"content\":\"\\n \"},\"finish_reason\":\"stop\"}]}\n\n", ModelCallFailure.EmptyAnswer, true },
        { "the end at once", "data: [DONE]\n\n", ModelCallFailure.EmptyAnswer, true },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Response_IsReadRight_AndNotWhereItIsCut(string name, string body)
    {
        Assert.NotEmpty(name);
        Assert.Equal("56", (await AskAsync(RawServer.Response(Encoding.Latin1.GetBytes(body)))).Text);

        // Wherever it is cut: the whole answer, or a typed failure.
        for (var length = 1; length < body.Length; length += 13)
        {
            var cut = RawServer.Response(Encoding.Latin1.GetBytes(body[..length]));
            ChatResponse? response = null;
            var error = await Record.ExceptionAsync(async () => response = await AskAsync(cut));
            Assert.True(error is ModelCallException || (error is null && response!.Text == "56"), $"{length} bytes: {(object?)error ?? response!.Text}");
        }
    }

    [Fact]
    public async Task ReasonForTheEndWithEachChunk_EndsNothing()
    {
        var (five, six) = (Five.Replace("null", "\"stop\"", StringComparison.Ordinal), Six.Replace("null", "\"stop\"", StringComparison.Ordinal));
        Assert.Equal("56", (await AskAsync(RawServer.Response(Encoding.Latin1.GetBytes($"data: {five}\n\ndata: {six}\n\n{End}")))).Text);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WhatIsNoAnswer_FailsWithItsType(string name, string body, ModelCallFailure failure, bool mayPass)
    {
        Assert.NotEmpty(name);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => AskAsync(RawServer.Response(Encoding.Latin1.GetBytes(body), headers: "Content-Type: text/event-stream")));
        Assert.True((failure, mayPass) == (error.Failure, error.MayPass), $"{error.Failure} {error.MayPass}: {error.Message}");
    }

    [Theory]
    [InlineData("\\ud83d", "\\ude00", "😀")]
    [InlineData("a\\ud83d", "\\ude00b", "a😀b")]
    [InlineData("a\\ud83d", "b", "a\uFFFDb")]
    [InlineData("a", "\\ude00", "a\uFFFD")]
    [InlineData("a", "b\\ud83d", "ab\uFFFD")]
    [InlineData("a\u00f0\u009f", "\u0098\u0080b", "a😀b")]
    [InlineData("a\u00f0\u009f\u0098", "\u0080", "a😀")]
    [InlineData("\u00c3", "\u00a9", "é")]
    [InlineData("a\u00ff", "b", "a\uFFFDb")]
    [InlineData("\u00f0\u009f\u0098\u0080", "!", "😀!")]
    public async Task HalvesOfCharacters_AreJoined(string first, string second, string whole)
    {
        var body = string.Concat(new[] { first, second }.Select(text => $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")) + End;
        Assert.Equal(whole, (await AskAsync(RawServer.Response(Encoding.Latin1.GetBytes(body)))).Text);
    }

    [Theory]
    [InlineData("\"usage\":{\"prompt_tokens\":5.0,\"completion_tokens\":2.0}", 5, 2)]
    [InlineData("\"usage\":{\"prompt_tokens\":\"5\",\"completion_tokens\":\"2\"}", 5, 2)]
    [InlineData("\"usage\":{\"input_tokens\":5,\"output_tokens\":2}", 5, 2)]
    [InlineData("\"usage\":{\"promptTokens\":5,\"completionTokens\":2}", 5, 2)]
    [InlineData("\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":-1,\"total_tokens\":7}", 5, 2)]
    [InlineData("\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":null,\"total_tokens\":7}", 5, 2)]
    [InlineData("\"x_groq\":{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}", 5, 2)]
    [InlineData("\"timings\":{\"prompt_n\":5,\"predicted_n\":2,\"predicted_ms\":3.5}", 5, 2)]
    [InlineData("\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":-2}", null, null)]
    [InlineData("\"usage\":{\"prompt_tokens\":2.5,\"completion_tokens\":\"many\"}", null, null)]
    [InlineData("\"usage\":\"none\"", null, null)]
    [InlineData("\"usage\":[]", null, null)]
    [InlineData("\"usage\":null", null, null)]
    public async Task Usage_IsReadUnderEachName(string member, int? input, int? output)
    {
        var response = await AskAsync(RawServer.Response(Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{\"delta\":{{\"content\":\"56\"}},\"finish_reason\":\"stop\"}}],{member}}}\n\ndata: [DONE]\n\n")));
        Assert.Equal(("56", (long?)input, (long?)output), (response.Text, response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task CompressedResponse_IsRead_AndABrokenOneFails(string encoding)
    {
        var packed = Pack(encoding, Encoding.UTF8.GetBytes($"data: {Five}\n\ndata: {Six}\n\n{End}"));
        Assert.Equal("56", (await AskAsync(RawServer.Response(packed, headers: $"Content-Encoding: {encoding}"))).Text);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => AskAsync(RawServer.Response(Encoding.ASCII.GetBytes(new string('x', 200)), headers: $"Content-Encoding: {encoding}")));
        Assert.True(error.MayPass);
        error = await Assert.ThrowsAsync<ModelCallException>(() => AskAsync(RawServer.Response(Encoding.ASCII.GetBytes(new string('x', 200)), "500 Error", $"Content-Encoding: {encoding}")));
        Assert.Equal(ModelCallFailure.ServerError, error.Failure);
    }

    [Theory]
    [InlineData("200 OK", "data: ", "")]
    [InlineData("200 OK", "{\"choices\":[{\"message\":{\"content\":\"", "")]
    [InlineData("200 OK", ": ", "")]
    [InlineData("200 OK", "data: ", "gzip")]
    [InlineData("500 Error", "{\"error\":{\"message\":\"", "")]
    [InlineData("500 Error", "{\"error\":{\"message\":\"", "gzip")]
    public async Task LineWithoutEnd_EndsInAFailure(string status, string begin, string encoding)
    {
        var size = (64 << 20) + 4096;
        var bytes = new byte[size];
        bytes.AsSpan().Fill((byte)'x');
        Encoding.ASCII.GetBytes(begin).CopyTo(bytes, 0);
        var body = encoding.Length > 0 ? Pack(encoding, bytes) : bytes;
        var error = await Assert.ThrowsAsync<ModelCallException>(() => AskAsync(RawServer.Response(body, status, encoding.Length > 0 ? [$"Content-Encoding: {encoding}"] : [])));
        Assert.Equal(status[0] == '2' ? ModelCallFailure.InvalidResponse : ModelCallFailure.ServerError, error.Failure);
        Assert.True(status[0] != '2' || error.Message.Contains("more than 64 MiB", StringComparison.Ordinal), error.Message);
    }

    private static byte[] Pack(string encoding, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Fastest),
        })
        {
            pack.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<ChatResponse> AskAsync(byte[] response)
    {
        await using var server = new RawServer(response);
        using var client = new OpenAIChatClient(new OpenAIModelOptions { Endpoint = server.Endpoint, ModelId = "m", Retries = 0 });
        return await client.AskAsync();
    }
}
