using System.Text;
using FlowCompile.Models.OpenAI.Tests.Server;
using FlowCompile.Settings;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class OpeningTests
{
    [Theory]
    [InlineData("http://localhost:8000/v1", true)]
    [InlineData("http://127.0.0.1:8000/v1", true)]
    [InlineData("http://[::1]/v1", true)]
    [InlineData("http://10.0.0.7:8000/v1", false)]
    [InlineData("https://api.example.com/v1", false)]
    public void ServerOnThisMachine_IsSaidToRunHere(string endpoint, bool here)
    {
        using var client = new OpenAIChatClient(new OpenAIModelOptions { Endpoint = new Uri(endpoint), ModelId = "m" });
        Assert.Equal(here, ((ModelDescription)client.GetService(typeof(ModelDescription))!).RunsHere);
    }

    [Fact]
    public async Task Settings_SayEverything()
    {
        await using var server = await FaultServer.StartAsync();
        using var catalog = Open($$"""
            { "openai": "{{server.Endpoint}}", "model": "served", "reasoning": "effort", "efforts": "low=10, high", "reasoningField": "reasoning.effort",
              "maxTokensField": "max_completion_tokens", "contextLength": 1000, "concurrency": 3, "retries": 0, "timeoutSeconds": 60 }
            """);
        await catalog["a"].AskAsync(budget: 11);
        await catalog["a"].AskAsync(budget: 10);
        Assert.Equal(["high", "low"], server.Calls.Select(call => (string?)call.Body["reasoning"]!["effort"]));
        Assert.Equal("served", (string?)server.Calls[0].Body["model"]);
        var description = (ModelDescription)catalog["a"].GetService(typeof(ModelDescription))!;
        Assert.Equal((1000, 3), (description.ContextLength, description.Capacity!.Calls));
        server.Otherwise = _ => Reply.Status(500);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => catalog["a"].AskAsync());
        Assert.Equal(1, error.Attempts);
    }

    [Theory]
    [InlineData("\"openai\": \"not an address\"", "the endpoint of the model 'a' is no address: 'not an address'; write one such as")]
    [InlineData("\"openai\": \"https://user:secret@a host/v1\"", "the endpoint of the model 'a' is no address; write one such as")]
    [InlineData("\"openai\": \"http://a\", \"keyHeader\": \"X Key\"", "'keyHeader' is no name of a header")]
    [InlineData("\"openai\": \"ftp://host/v1\"", "must be an http or https address")]
    [InlineData("\"openai\": \"https://user:secret@host/v1\"", "must hold no user, password or fragment")]
    [InlineData("\"openai\": \"https://host/v1?key=secret\"", "query seems to hold a key")]
    [InlineData("\"openai\": \"http://a\", \"efforts\": \"low, high\"", "write each with its largest budget")]
    [InlineData("\"openai\": \"http://a\", \"efforts\": \"low=9, medium=3, high\"", "ascending, the last without one")]
    [InlineData("\"openai\": \"http://a\", \"keyVariable\": \"FLOWCOMPILE_NO_SUCH_VARIABLE\"", "set the environment variable FLOWCOMPILE_NO_SUCH_VARIABLE")]
    [InlineData("\"openai\": \"http://a\", \"keyVariable\": \"FLOWCOMPILE_NO_SUCH_VARIABLE\", \"userSecretsId\": \"../..\"", "'userSecretsId' is no id")]
    public void SettingsThatCannotBe_AreRefusedWithTheirLine(string model, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Open($"{{ {model} }}"));
        Assert.Equal(2, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("=secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task ModelsAtOneServer_ShareItsLimit()
    {
        await using var server = await FaultServer.StartAsync();
        var settings = Parse($$"""{ "models": { "a": { "openai": "{{server.Endpoint}}", "concurrency": 5 }, "b": { "openai": "{{server.Endpoint}}", "concurrency": 3 }, "c": { "openai": "{{server.Endpoint}}" } }, "budgets": [0] }""");
        using var catalog = new ModelProviders().Add(OpenAIModels.Provider, new OpenAIModels().Open).Open(settings);
        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => catalog["abc"[i % 3].ToString()].AskAsync()));
        Assert.Equal(120, server.Count);
        Assert.InRange(server.Most, 1, 3);
    }

    [Fact]
    public async Task FailedAndCancelledCalls_GiveTheirPlaceBack()
    {
        await using var server = await FaultServer.StartAsync();
        using var catalog = Open($$"""{ "openai": "{{server.Endpoint}}", "concurrency": 1, "retries": 0 }""");
        for (var i = 0; i < 3; i++)
        {
            server.Then(Reply.Status(400), Reply.Drop(), Reply.Cut());
            await Assert.ThrowsAsync<ModelCallException>(() => catalog["a"].AskAsync());
            await Assert.ThrowsAsync<ModelCallException>(() => catalog["a"].AskAsync());
            await Assert.ThrowsAsync<ModelCallException>(() => catalog["a"].AskAsync());
            using var source = new CancellationTokenSource();
            server.Then(new Reply("cancels", async (context, call) =>
            {
                await source.CancelAsync();
                await Reply.Hang().Send(context, call);
            }));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catalog["a"].AskAsync(cancellationToken: source.Token));
        }

        Assert.Equal("ok", (await catalog["a"].AskAsync()).Text);
    }

    private static ModelCatalog Open(string model) =>
        new ModelProviders().Add(OpenAIModels.Provider, new OpenAIModels().Open).Open(Parse($"{{ \"models\": {{\n \"a\": {model} }}, \"budgets\": [0] }}"));

    private static ProjectSettings Parse(string json) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes(json));
}
