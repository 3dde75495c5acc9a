using FlowCompile.Models.OpenAI.Tests.Server;
using FlowCompile.Settings;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>What <c>flowcompile.json</c> says of a model's requests, as the server gets it.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private static readonly string[] s_fields =
        ["model", "stream", "stream_options", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "max_tokens", "seed", "stop", "response_format"];

    private FaultServer _server = null!;

    public static TheoryData<string> Fields => [.. s_fields];

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Field_IsLeftOut(string field)
    {
        if (field == "stream")
        {
            _server.Then(Reply.Whole("ok"));
        }

        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\", \"fields\": {{ \"{field}\": null }}");
        Assert.Equal("ok", (await client.AskAllAsync()).Text);
        Assert.Equal("none", _server.Sent(field));

        // How to stream is refused where nothing is streamed; all else stays.
        Assert.All(s_fields.Where(other => other != field && !(field == "stream" && other == "stream_options")), other => Assert.NotEqual("none", _server.Sent(other)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Field_IsRenamed(string field)
    {
        using (var plain = Opened.Model($"\"openai\": \"{_server.Endpoint}\""))
        {
            await plain.AskAllAsync();
        }

        var value = _server.Sent(field);
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint}\", \"fields\": {{ \"{field}\": \"its.own_{field}\" }}");
        await client.AskAllAsync();
        Assert.Equal(("none", value), (_server.Sent(field), _server.Sent($"its.own_{field}")));
    }

    [Fact]
    public async Task Body_IsMergedAsItIs()
    {
        using var client = Opened.Model($$"""
            "openai": "{{_server.Endpoint}}", "reasoning": "limit", "reasoningField": "chat_template_kwargs.thinking_budget",
            "body": { "chat_template_kwargs": { "enable_thinking": true, "list": [1, null, { "a": false }] }, "min_p": 0.05, "seed": null, "temperature": 1 },
            "bodyByBudget": { "0": { "chat_template_kwargs": { "enable_thinking": false, "thinking_budget": null } }, "1024": { "min_p": 0.1 }, "*": { "min_p": null, "extra": { "deep": { "er": "x" } } } }
            """);
        await client.AskAllAsync(budget: 0);
        Assert.Equal("""{"enable_thinking":false,"list":[1,null,{"a":false}]}""", _server.Sent("chat_template_kwargs"));
        Assert.Equal(("0.05", "none", "1"), (_server.Sent("min_p"), _server.Sent("seed"), _server.Sent("temperature")));

        await client.AskAllAsync(budget: 1024);
        Assert.Equal(("true", "1024", "0.1"), (_server.Sent("chat_template_kwargs.enable_thinking"), _server.Sent("chat_template_kwargs.thinking_budget"), _server.Sent("min_p")));

        await client.AskAllAsync(budget: 1025);
        Assert.Equal(("none", """{"deep":{"er":"x"}}"""), (_server.Sent("min_p"), _server.Sent("extra")));

        // Without a budget only what is for all calls.
        await client.AskAllAsync();
        Assert.Equal(("0.05", "none", "true"), (_server.Sent("min_p"), _server.Sent("extra"), _server.Sent("chat_template_kwargs.enable_thinking")));
    }

    [Fact]
    public async Task Body_IsInBothRequestsOfAContinuedCall()
    {
        _server.Then(Reply.Text("", "one two three", finish: "length"), Reply.Text("the answer"));
        using var client = Opened.Model($$"""
            "openai": "{{_server.Endpoint}}", "reasoning": "continue", "maxTokensField": "max_completion_tokens", "bodyByBudget": { "*": { "min_p": 0.1 } }
            """);
        Assert.Equal("the answer", (await client.AskAllAsync(budget: 3)).Text);
        Assert.Equal(["3", "47"], _server.Calls.Select(call => call.Body["max_completion_tokens"]!.ToJsonString()));
        Assert.All(_server.Calls, call => Assert.Equal("0.1", call.Body["min_p"]!.ToJsonString()));
    }

    [Fact]
    public async Task ManyCallsAtOnce_ReadOneBody()
    {
        using var client = Opened.Model($$"""
            "openai": "{{_server.Endpoint}}", "concurrency": 16, "body": { "a": { "b": { "c": [ { "d": true } ] } } }, "bodyByBudget": { "*": { "a": { "e": 1 } } }
            """);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.AskAsync(budget: 8)));
        Assert.All(_server.Calls, call => Assert.Equal("""{"b":{"c":[{"d":true}]},"e":1}""", call.Body["a"]!.ToJsonString()));
    }

    [Fact]
    public async Task Headers_TakeSecretsFromTheEnvironment()
    {
        const string variable = "FLOWCOMPILE_TEST_HEADER";
        Environment.SetEnvironmentVariable(variable, "s3cret-of-the-gateway-0123");
        try
        {
            _server.Then(Reply.Text("ok"), Reply.Status(401, """{"error":{"message":"s3cret-of-the-gateway-0123 is not known"}}"""));
            using var client = Opened.Model($$"""
                "openai": "{{_server.Endpoint}}", "headers": { "X-Team": "search", "Authorization": "Token ${{{variable}}}", "User-Agent": "mine/1.0" }
                """);
            await client.AskAsync();
            var headers = _server.Calls[0].Headers;
            Assert.Equal(("search", "Token s3cret-of-the-gateway-0123", "mine/1.0"), (headers["X-Team"], headers["Authorization"], headers["User-Agent"]));

            // A server that quotes it gets it into no message, and the identity does not hold it.
            var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", Identity(client), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [InlineData("/v1", "/v1/chat/completions")]
    [InlineData("/v1/", "/v1/chat/completions")]
    [InlineData("/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1/chat/completions/", "/v1/chat/completions")]
    [InlineData("", "/chat/completions")]
    [InlineData("/", "/chat/completions")]
    [InlineData("/openai/deployments/x?api-version=2024-10-21", "/openai/deployments/x/chat/completions?api-version=2024-10-21")]
    [InlineData("/openai/deployments/x/?api-version=2024-10-21&a=b%20c", "/openai/deployments/x/chat/completions?api-version=2024-10-21&a=b%20c")]
    [InlineData("/openai/deployments/x/chat/completions?api-version=2024-10-21", "/openai/deployments/x/chat/completions?api-version=2024-10-21")]
    [InlineData("/v1beta/openai/", "/v1beta/openai/chat/completions")]
    public async Task Endpoint_KeepsItsPathAndQuery(string endpoint, string target)
    {
        using var client = Opened.Model($"\"openai\": \"{_server.Endpoint.GetLeftPart(UriPartial.Authority)}{endpoint}\"");
        await client.AskAsync();
        Assert.Equal(target, _server.Calls[0].Target);
    }

    [Theory]
    [InlineData("\"fields\": { \"seeed\": null }", "'fields' of the model 'a' has the unknown key 'seeed'; did you mean 'seed'?")]
    [InlineData("\"fields\": { \"seed\": false }", "'seed' in 'fields' of the model 'a' is false; write a text")]
    [InlineData("\"fields\": { \"seed\": \"a..b\" }", "'seed' in 'fields' cannot be the name of a field")]
    [InlineData("\"fields\": { \"seed\": \"top_p\" }", "two fields would be sent as 'top_p'")]
    [InlineData("\"fields\": { \"seed\": \"messages\" }", "two fields would be sent as 'messages'")]
    [InlineData("\"fields\": { \"max_tokens\": \"num\" }, \"maxTokensField\": \"max_completion_tokens\"", "differ; keep one")]
    [InlineData("\"fields\": { \"max_tokens\": null }, \"reasoning\": \"continue\"", "continue, which needs the field 'max_tokens'")]
    [InlineData("\"body\": [1]", "'body' of the model 'a' is a list; write an object")]
    [InlineData("\"body\": { \"messages\": [] }", "'body' holds 'messages'")]
    [InlineData("\"body\": { \"model\": \"x\" }", "'body' holds 'model'")]
    [InlineData("\"body\": { \"a\": { \"b\": 1, \"b\": 2 } }", "'a' in 'body' of the model 'a' has the key 'b' twice")]
    [InlineData("\"bodyByBudget\": { \"low\": {} }", "write the largest budget that the fields are for")]
    [InlineData("\"bodyByBudget\": { \"-1\": {} }", "write the largest budget that the fields are for")]
    [InlineData("\"bodyByBudget\": { \"01\": {} }", "write the largest budget that the fields are for")]
    [InlineData("\"bodyByBudget\": { \"0\": 5 }", "'0' in 'bodyByBudget' of the model 'a' is the number 5; write an object")]
    [InlineData("\"headers\": { \"X Team\": \"a\" }", "a name in 'headers' is no name of a header")]
    [InlineData("\"headers\": { \"X-Team\": \"a\\r\\nX-Other: b\" }", "holds the hidden character U+000D")]
    [InlineData("\"headers\": { \"X-Team\": \"sécurité\" }", "has characters that a header cannot take")]
    [InlineData("\"headers\": { \"X-Team\": \"ü\" }", "has characters that a header cannot take")]
    [InlineData("\"headers\": { \"Content-Type\": \"text/plain\" }", "is the client's own")]
    [InlineData("\"headers\": { \"X-Team\": \"a\", \"x-team\": \"b\" }", "is there twice")]
    [InlineData("\"headers\": { \"X-Team\": \"${FLOWCOMPILE_NO_SUCH_VARIABLE}\" }", "the header 'X-Team' of the model 'a' is not there; set the environment variable FLOWCOMPILE_NO_SUCH_VARIABLE")]
    [InlineData("\"headers\": { \"X-Team\": \"${}\" }", "write ${NAME}")]
    [InlineData("\"headers\": { \"X-Api-Key\": \"hunter2\" }", "seems to hold a secret; keep it in an environment variable and write \"X-Api-Key\": \"${X_API_KEY}\"")]
    [InlineData("\"headers\": { \"Authorization\": \"Bearer abc\" }", "seems to hold a secret")]
    [InlineData("\"headers\": { \"X-Other\": \"sk-0123456789abcdef\" }", "seems to hold a secret")]
    [InlineData("\"headers\": { \"X-Other\": \"0a1b2c3d4e5f60718293a4b5c6d7e8f9\" }", "seems to hold a secret")]
    [InlineData("\"openai\": \"https://host/v1?api-key=x\"", "the endpoint's query seems to hold a key")]
    [InlineData("\"openai\": \"https://host/v1?v=0a1b2c3d4e5f60718293a4b5c6d7e8f9\"", "the endpoint's query seems to hold a key")]
    public void WhatCannotBe_IsRefusedWithItsLine(string members, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Opened.Model(members.Contains("\"openai\"", StringComparison.Ordinal) ? members : "\"openai\": \"http://localhost/v1\", " + members));
        Assert.Equal(2, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0a1b2c3d", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("X-Team", "search")]
    [InlineData("HTTP-Referer", "https://github.com/example/workflows")]
    [InlineData("OpenAI-Beta", "max-tokens-3-5-2024-07-15")]
    [InlineData("X-Tenant", "3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("X-Country-Code", "US")]
    public void HarmlessHeader_IsTaken(string name, string value)
    {
        using var client = Opened.Model($"\"openai\": \"http://localhost/v1\", \"headers\": {{ \"{name}\": \"{value}\" }}");
        Assert.Contains(value, Identity(client), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsSent_IsPartOfTheIdentity()
    {
        const string plain = "\"openai\": \"http://localhost/v1\"";
        string[] entries =
        [
            plain,
            plain + ", \"fields\": { \"seed\": null }",
            plain + ", \"fields\": { \"temperature\": null }",
            plain + ", \"body\": { \"a\": 1 }",
            plain + ", \"body\": { \"a\": true }",
            plain + ", \"bodyByBudget\": { \"0\": { \"a\": 1 } }",
            plain + ", \"bodyByBudget\": { \"*\": { \"a\": 1 } }",
            plain + ", \"headers\": { \"X-Team\": \"a\" }",
            "\"openai\": \"http://localhost/v1?api-version=2024-10-21\"",
        ];
        Assert.Equal(entries.Length, entries.Select(IdentityOf).Distinct().Count());
        Assert.Equal("http://localhost/v1#a#none", IdentityOf(plain));

        // The same, written otherwise.
        Assert.Equal(IdentityOf(plain + ", \"body\": { \"a\": 1, \"b\": { \"c\": 2, \"d\": 3 } }"), IdentityOf(plain + ", \"body\": { \"b\": { \"d\": 3, \"c\": 2 }, \"a\": 1 }"));
        Assert.Equal(IdentityOf(plain), IdentityOf("\"openai\": \"http://localhost/v1/chat/completions\""));
        Assert.Equal(IdentityOf(plain), IdentityOf(plain + ", \"maxTokensField\": \"max_completion_tokens\""));

        static string IdentityOf(string entry)
        {
            using var client = Opened.Model(entry);
            return Identity(client);
        }
    }

    [Fact]
    public void FieldsOfTheClient_AreThoseOfTheSettings() => Assert.Equal(s_fields, ChatRequest.Fields);

    private static string Identity(OpenAIChatClient client) => ((ModelDescription)client.GetService(typeof(ModelDescription))!).Identity;
}
