using FlowCompile.Profiling.TestHost;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.Tests.Running;

/// <summary>Profiles over clients that break their contract: their calls failed for the reason that there is, and a profile that is stopped does not wait for them.</summary>
public sealed class RudeClientTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("returned no task")]
    [InlineData("returned no response")]
    [InlineData("returned a message that is null")]
    [InlineData("returned a number of tokens that cannot be")]
    [InlineData("gave the call up, though nobody canceled it: by itself")]
    public async Task Call_of_a_client_that_breaks_its_contract_failed_and_says_why(string what)
    {
        var summary = await ProfileAsync(_ => what switch
        {
            "returned no task" => null,
            "returned no response" => Task.FromResult<ChatResponse>(null!),
            "returned a message that is null" => Task.FromResult(new ChatResponse { Messages = [null!] }),
            "returned a number of tokens that cannot be" => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "1")) { Usage = new UsageDetails { InputTokenCount = -5 } }),
            _ => throw new OperationCanceledException("by itself"),
        });
        var failed = summary.Outcomes.Where(one => one.Cell.Setting.Model == "small").ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, one => Assert.Equal($"ModelCallException: The client of the model 'small' {what}{(what.EndsWith("itself", StringComparison.Ordinal) ? "" : ".")}", one.Outcome.Error));
    }

    [Fact]
    public async Task Stopped_profile_does_not_wait_for_a_client_that_ignores_its_token()
    {
        using var stop = new CancellationTokenSource();
        var profile = ProfileAsync(
            _ =>
            {
                stop.Cancel();
                return new TaskCompletionSource<ChatResponse>().Task;
            },
            stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => profile.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private async Task<ProfileSummary> ProfileAsync(Func<CancellationToken, Task<ChatResponse>?> answer, CancellationToken cancellationToken = default)
    {
        using var models = new ModelCatalog().Add("small", new RudeClient(answer)).Add("big", new FakeModel("big", Skill.Answer));
        using var store = ProfileStore.Open(_folder.File("store.db"));
        return await new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store, new ProfilerOptions { Concurrency = 2 })
            .RunAsync(ProfileRun.Cases(DoublingWorkflow.Descriptor, 3), cancellationToken: cancellationToken);
    }

    private sealed class RudeClient(Func<CancellationToken, Task<ChatResponse>?> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            answer(cancellationToken)!;

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ModelDescription) ? new ModelDescription { Provider = "test", Identity = "rude" } : null;

        public void Dispose()
        {
        }
    }
}
