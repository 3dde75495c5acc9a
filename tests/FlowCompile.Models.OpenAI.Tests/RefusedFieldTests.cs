using System.Text.Json;
using FlowCompile.Models.OpenAI.Tests.Server;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>A server that refuses a field: the error names the key that leaves it out, and following the advice helps.</summary>
public sealed class RefusedFieldTests : IAsyncLifetime
{
    private FaultServer _server = null!;

    /// <summary>The field, and the body in the words of many servers; <c>X</c> stands for the field.</summary>
    public static TheoryData<string, string> Refusals
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in (string[])["seed", "stream_options", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "stop", "response_format"])
            {
                foreach (var body in (string[])
                [
                    """{"error":{"message":"Unsupported parameter: 'X' is not supported with this model.","type":"invalid_request_error","param":"X","code":"unsupported_parameter"}}""",
                    """{"error":{"message":"Unsupported value: 'X' does not support this with this model. Only the default (1) value is supported.","param":"X","code":"unsupported_value"}}""",
                    """{"error":{"message":"Unrecognized request argument supplied: X","type":"invalid_request_error","param":null,"code":null}}""",
                    """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","X"],"msg":"Extra inputs are not permitted","input":5}]},"type":"invalid_request_error"}""",
                    """{"detail":[{"type":"extra_forbidden","loc":["body","ChatCompletionRequest","X"],"msg":"Extra inputs are not permitted","input":"hello"}]}""",
                    """{"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'X'), 'msg': 'Extra inputs are not permitted', 'input': 5}]","type":"BadRequestError","param":null,"code":400}""",
                    """{"error":{"message":"X: Extra inputs are not permitted","type":"invalid_request_error"}}""",
                    """{"error":"json: unknown field \"X\""}""",
                    """[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"X\": Cannot find field.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"description":"Invalid JSON payload received. Unknown name \"X\": Cannot find field."}]}]}]""",
                    """{"error":{"message":"property 'X' is unsupported","type":"invalid_request_error"}}""",
                    """{"error":{"message":"litellm.UnsupportedParamsError: this provider does not support parameters: ['X'], for model=m."}}""",
                    """{"message":"invalid request: unknown parameter `X`"}""",
                    "The parameter X is not supported by this deployment.",
                ])
                {
                    data.Add(name, body);
                }
            }

            return data;
        }
    }

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task RefusedField_IsLeftOutByTheKeyThatTheErrorNames(string field, string body)
    {
        foreach (var status in (int[])[400, 422])
        {
            _server.Then(Reply.Status(status, body.Replace("X", field, StringComparison.Ordinal)));
            using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\"");
            var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync());
            Assert.Equal((ModelCallFailure.Refused, 1), (error.Failure, error.Attempts));
            var line = $"\"fields\": {{ \"{field}\": null }}";
            Assert.Contains(line, error.Message, StringComparison.Ordinal);
            Assert.Equal(2, error.Message.Split("\"fields\"").Length);
            Assert.InRange(error.Message.Length, 1, 300);
            using var mended = Opened.Model($"\"openai\": \"{_server.Endpoint}\", {line}");
            await mended.AskAllAsync();
            Assert.Equal("none", _server.Sent(field));
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""", "\"maxTokensField\": \"max_completion_tokens\"")]
    [InlineData("""{"error":{"message":"Unrecognized request argument supplied: max_tokens"}}""", "\"maxTokensField\": \"max_completion_tokens\"")]
    [InlineData("""{"detail":[{"type":"extra_forbidden","loc":["body","max_tokens"],"msg":"Extra inputs are not permitted"}]}""", "\"maxTokensField\": \"max_completion_tokens\"")]
    [InlineData("""{"error":{"message":"max_tokens is not supported, use num_predict instead"}}""", "\"fields\": { \"max_tokens\": \"num_predict\" }")]
    public async Task RefusedLimit_IsRenamed(string body, string line)
    {
        _server.Then(Reply.Status(400, body));
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\"");
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync());
        Assert.Contains("Add " + line, error.Message, StringComparison.Ordinal);
        Assert.Contains("\"fields\": { \"max_tokens\": null }", error.Message, StringComparison.Ordinal);
        using var mended = Opened.Model($"\"openai\": \"{_server.Endpoint}\", {line}");
        await mended.AskAllAsync();
        Assert.Equal("none", _server.Sent("max_tokens"));
    }

    [Theory]
    [InlineData("\"reasoning\": \"effort\"", """{"error":{"message":"Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', and 'high'.","param":"reasoning_effort","code":"unsupported_value"}}""", "\"efforts\": \"low=1024, medium=8192, high\"")]
    [InlineData("\"reasoning\": \"effort\", \"efforts\": \"minimal=0, high\"", """{"error":{"message":"Unsupported value: 'minimal' is not supported with the 'm' model. Supported values are: 'none', 'low', 'medium', and 'high'.","param":"reasoning.effort","code":"unsupported_value"}}""", "\"efforts\": \"none=0, low=1024, medium=8192, high\"")]
    [InlineData("\"reasoning\": \"effort\"", """{"error":{"message":"Invalid value: 'none'. Supported values are: 'low' and 'high'."}}""", "\"efforts\": \"low=1024, high\"")]
    [InlineData("\"reasoning\": \"effort\"", """{"error":{"message":"Unrecognized request argument supplied: reasoning_effort"}}""", "takes as \"reasoningField\"")]
    [InlineData("\"reasoning\": \"effort\", \"reasoningField\": \"reasoning.effort\"", """{"detail":[{"type":"extra_forbidden","loc":["body","reasoning"],"msg":"Extra inputs are not permitted"}]}""", "\"reasoningField\"")]
    [InlineData("\"reasoning\": \"limit\"", """{"error":{"message":"Unknown parameter: 'thinking_token_budget'.","param":"thinking_token_budget"}}""", "Name the field that it takes as \"reasoningField\"")]
    [InlineData("\"reasoning\": \"continue\"", """{"error":{"message":"Unrecognized request argument supplied: continue_final_message"}}""", "choose limit or effort as \"reasoning\"")]
    [InlineData("\"body\": { \"chat_template_kwargs\": { \"enable_thinking\": false } }", """{"error":{"message":"Unknown parameter: 'chat_template_kwargs'.","param":"chat_template_kwargs"}}""", "comes from \"body\"")]
    [InlineData("\"bodyByBudget\": { \"0\": { \"min_p\": 1 } }", """{"error":{"message":"Extra inputs are not permitted: min_p"}}""", "comes from \"body\" or \"bodyByBudget\"")]
    public async Task RefusedMeans_IsNamed(string members, string body, string advice)
    {
        _server.Then(Reply.Status(400, body));
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\", {members}");
        Assert.Contains(advice, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync(budget: 0))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The model `m` does not exist","param":"model","code":"model_not_found"}}""")]
    [InlineData("""{"error":{"message":"Invalid value for messages[0].content: the text is not valid","param":"messages"}}""")]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'n' is not supported with this model.","param":"n"}}""")]
    [InlineData("""{"error":{"message":"the request is invalid: stop it"}}""")]
    [InlineData("")]
    [InlineData("<html>Bad Request</html>")]
    public async Task OtherRefusal_NamesNoField(string body)
    {
        _server.Then(Reply.Status(400, body));
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\"");
        Assert.DoesNotContain("\"fields\"", (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongBodyOfOneWord_IsReadInTime()
    {
        _server.Then(Reply.Status(400, JsonSerializer.Serialize(new { error = new { message = "unsupported " + new string('a', 15_000) } })));
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\"");
        Assert.Equal(ModelCallFailure.Refused, (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAllAsync())).Failure);
    }
}
