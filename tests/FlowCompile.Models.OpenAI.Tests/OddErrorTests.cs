using FlowCompile.Models.OpenAI.Tests.Server;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>Errors that servers spell in no proper way are failures of the call like any others.</summary>
public sealed class OddErrorTests : IAsyncLifetime
{
    private FaultServer _server = null!;

    public async Task InitializeAsync() => _server = await FaultServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("""{"error":{"message":"no \ud83d good"}}""")]
    [InlineData("""{"detail":"no \udc00 good"}""")]
    [InlineData("""{"\ud83d":1,"error":"no good"}""")]
    public async Task RefusalWithHalfOfACharacter_IsOneAllTheSame(string body)
    {
        using var client = _server.Then(Reply.Status(400, body)).Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, 400), (error.Failure, error.StatusCode));
        Assert.Contains("no ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("https:")]
    [InlineData("//a b/")]
    [InlineData("//a:99999/v1")]
    public async Task RedirectToNoAddress_IsRefused(string to)
    {
        _server.Otherwise = _ => Reply.Redirect(to, 307);
        using var client = _server.Client();
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal((ModelCallFailure.Refused, 307, 1), (error.Failure, error.StatusCode, _server.Count));
        Assert.Contains("without an address to go to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageBehindManyBlanks_IsSaid()
    {
        _server.Otherwise = _ => Reply.Events("{\"error\":{\"message\":\"" + new string(' ', 20_000) + "out of memory\"}}");
        using var client = _server.Client(retries: 0, key: TestClients.Key);
        Assert.Contains("out of memory", (await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync())).Message, StringComparison.Ordinal);
    }
}
