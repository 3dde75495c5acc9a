using System.Text;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Models;

public class ModelProvidersTests
{
    [Fact]
    public void EachModel_IsOpenedByItsProvider()
    {
        var opened = new List<string>();
        var settings = Parse("""{ "models": { "a": { "openai": "http://localhost/v1" }, "b": { "replay": "calls.jsonl" } }, "budgets": [0] }""");
        using var catalog = new ModelProviders()
            .Add("openai", model => Open("openai", model)).Add("replay", model => Open("replay", model)).Open(settings);

        Assert.Equal(["a", "b"], catalog.Names);
        Assert.Equal(["openai a http://localhost/v1", $"replay b {Path.GetFullPath("calls.jsonl")}"], opened);

        IChatClient Open(string provider, ModelSettings model)
        {
            opened.Add($"{provider} {model.Name} {model.Source}");
            return new Client();
        }
    }

    [Fact]
    public void ProviderThatWasNotAdded_IsNamedWithItsLine()
    {
        var settings = Parse("{ \"models\": {\n \"a\": { \"openai\": \"http://localhost/v1\" } }, \"budgets\": [0] }");
        var error = Assert.Throws<SettingsException>(() => new ModelProviders().Add("onnx", _ => new Client()).Open(settings));
        Assert.Equal(2, error.Line);
        Assert.Contains("'openai', and only these are opened here: onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailureToOpen_ClosesWhatIsOpen()
    {
        var first = new Client();
        var settings = Parse("""{ "models": { "a": { "openai": "http://a" }, "b": { "replay": "b" } }, "budgets": [0] }""");
        var providers = new ModelProviders().Add("openai", _ => first).Add("replay", _ => throw new IOException());
        Assert.Throws<IOException>(() => providers.Open(settings));
        Assert.True(first.Disposed);
    }

    [Fact]
    public void Provider_IsAddedOnce() =>
        Assert.Throws<ArgumentException>(() => new ModelProviders().Add("a", _ => new Client()).Add("a", _ => new Client()));

    [Theory]
    [InlineData("\"concurrency\": 0", "write 1 or more")]
    [InlineData("\"concurrency\": \"many\"", "write a whole number")]
    [InlineData("\"reasoning\": \"efort\"", "did you mean 'effort'?")]
    [InlineData("\"device\": \"cpu\"", "unknown key 'device'")]
    [InlineData("\"model\": 3", "write a text")]
    public void OptionsOfAnEndpoint_AreChecked(string option, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Parse($$"""{ "models": { "a": { "openai": "http://a", {{option}} } }, "budgets": [0] }"""));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOfAnEndpoint_AreRead()
    {
        var settings = Parse("""{ "models": { "a": { "openai": "http://a", "concurrency": 4, "reasoning": "limit", "model": "m" } }, "budgets": [0] }""");
        Assert.Equal(
            new Dictionary<string, string> { ["concurrency"] = "4", ["reasoning"] = "limit", ["model"] = "m" }, settings.Models[0].Options.ToDictionary());
    }

    private static ProjectSettings Parse(string json) => ProjectSettings.Parse("flowcompile.json", Encoding.UTF8.GetBytes(json));

    private sealed class Client : IChatClient
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
