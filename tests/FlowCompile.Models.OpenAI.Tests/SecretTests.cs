using FlowCompile.Models.OpenAI.Tests.Server;

namespace FlowCompile.Models.OpenAI.Tests;

public sealed class SecretTests : IDisposable
{
    private const string Variable = "FLOWCOMPILE_TEST_KEY_OF_SECRETS";

    public SecretTests() => Environment.SetEnvironmentVariable(Variable, TestClients.Key);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task KeyThatTheServerQuotes_GetsIntoNoErrorAndNoLog(int status)
    {
        var logger = new RecordingLogger();
        await using var server = await FaultServer.StartAsync();
        server.Otherwise = _ => Reply.QuotesTheKey(status);
        using var client = server.Client(retries: 1, logger: logger, key: TestClients.Key);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync());
        Assert.Equal($"Bearer {TestClients.Key}", server.Calls[0].Headers["Authorization"]);

        // Not a part of it either.
        Assert.All([error.ToString(), .. logger.All], text => Assert.DoesNotContain(TestClients.Key[..12], text, StringComparison.Ordinal));
        Assert.Contains("[key]", error.Message, StringComparison.Ordinal);
    }
}
