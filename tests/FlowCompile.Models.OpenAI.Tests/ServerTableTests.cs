using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowCompile.Models.OpenAI.Tests.Server;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>The entries of docs/models.md for servers, as they stand there: they load, and what goes out has the fields that the server documents.</summary>
public sealed class ServerTableTests : IAsyncLifetime
{
    private static readonly string[] s_servers = ["vLLM", "SGLang", "llama.cpp", "Ollama", "LM Studio", "OpenAI", "Azure", "Gemini", "Mistral", "DeepSeek", "OpenRouter"];
    private FaultServer _server = null!;

    public static TheoryData<string, int, string, string> Budgets => new()
    {
        { "vLLM", 0, "thinking_token_budget", "none" },
        { "vLLM", 0, "chat_template_kwargs", """{"enable_thinking":false}""" },
        { "vLLM", 512, "thinking_token_budget", "512" },
        { "vLLM", 512, "chat_template_kwargs", "none" },
        { "SGLang", 0, "chat_template_kwargs", """{"enable_thinking":false}""" },
        { "SGLang", 0, "custom_params", "none" },
        { "SGLang", 512, "custom_params", """{"thinking_budget":512}""" },
        { "llama.cpp", 0, "thinking_budget_tokens", "0" },
        { "llama.cpp", 0, "chat_template_kwargs", """{"enable_thinking":false}""" },
        { "llama.cpp", 512, "thinking_budget_tokens", "512" },
        { "Ollama", 0, "reasoning_effort", "\"none\"" },
        { "Ollama", 512, "reasoning_effort", "\"low\"" },
        { "LM Studio", 0, "reasoning_effort", "\"none\"" },
        { "LM Studio", 8000, "reasoning_effort", "\"medium\"" },
        { "OpenAI", 0, "reasoning_effort", "\"none\"" },
        { "OpenAI", 100_000, "reasoning_effort", "\"high\"" },
        { "OpenAI", 512, "max_completion_tokens", "50" },
        { "OpenAI", 512, "max_tokens", "none" },
        { "OpenAI", 512, "temperature", "none" },
        { "OpenAI", 512, "top_p", "none" },
        { "Azure", 0, "reasoning_effort", "\"none\"" },
        { "Azure", 512, "max_completion_tokens", "50" },
        { "Azure", 512, "temperature", "none" },
        { "Gemini", 0, "extra_body", """{"google":{"thinking_config":{"thinking_budget":0}}}""" },
        { "Gemini", 512, "extra_body.google.thinking_config.thinking_budget", "512" },
        { "Mistral", 0, "reasoning_effort", "\"none\"" },
        { "Mistral", 512, "reasoning_effort", "\"high\"" },
        { "Mistral", 512, "random_seed", "7" },
        { "Mistral", 512, "seed", "none" },
        { "Mistral", 512, "stream_options", "none" },
        { "DeepSeek", 0, "thinking", """{"type":"disabled"}""" },
        { "DeepSeek", 0, "reasoning_effort", "none" },
        { "DeepSeek", 512, "thinking", """{"type":"enabled"}""" },
        { "DeepSeek", 512, "reasoning_effort", "\"low\"" },
        { "DeepSeek", 100_000, "reasoning_effort", "\"max\"" },
        { "OpenRouter", 0, "reasoning", """{"effort":"none"}""" },
        { "OpenRouter", 512, "reasoning", """{"max_tokens":512}""" },
    };

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Budgets))]
    public async Task Entry_SendsWhatTheServerDocuments(string name, int budget, string path, string value)
    {
        using var client = Open(name);
        await client.AskAllAsync(budget);
        Assert.Equal(value, _server.Sent(path));
        Assert.Equal("true", _server.Sent("stream"));
    }

    [Theory]
    [InlineData("Azure", "/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21", "api-key")]
    [InlineData("Gemini", "/v1beta/openai/chat/completions", "Authorization")]
    [InlineData("DeepSeek", "/chat/completions", "Authorization")]
    [InlineData("OpenRouter", "/api/v1/chat/completions", "Authorization")]
    [InlineData("Mistral", "/v1/chat/completions", "Authorization")]
    public async Task Entry_GoesToTheServersAddressWithItsKey(string name, string target, string header)
    {
        using var client = Open(name);
        await client.AskAllAsync();
        Assert.Equal(target, _server.Calls[0].Target);
        Assert.EndsWith("the-key-of-the-test", _server.Calls[0].Headers[header], StringComparison.Ordinal);
    }

    [Fact]
    public void EveryServerOfTheTable_HasAnEntry() =>
        Assert.All(s_servers, name => Assert.Contains($"\n| {name} | ", Page(), StringComparison.Ordinal));

    private OpenAIChatClient Open(string name)
    {
        var text = Regex.Match(Page(), $@"\n{Regex.Escape(name)}:\n\n```json\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        var entry = (JsonObject)JsonNode.Parse(text)!;
        var endpoint = new Uri((string)entry["openai"]!);
        entry["openai"] = _server.Endpoint.GetLeftPart(UriPartial.Authority) + endpoint.PathAndQuery;
        if ((string?)entry["keyVariable"] is { } variable)
        {
            // Its own, so that no test sets what another one reads.
            entry["keyVariable"] = "FLOWCOMPILE_TEST_" + variable;
            Environment.SetEnvironmentVariable("FLOWCOMPILE_TEST_" + variable, "the-key-of-the-test");
        }

        var members = entry.ToJsonString();
        return Opened.Model(members[1..^1]);
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FlowCompile.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "models.md")).ReplaceLineEndings("\n");
    }
}
