using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>A chat client that does what none should.</summary>
internal sealed class RudeClient : IChatClient
{
    public Func<CancellationToken, Task<ChatResponse>?> Whole { get; init; } = _ => throw new InvalidOperationException("not asked for");

    public Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>?> Streamed { get; init; } = _ => throw new InvalidOperationException("not asked for");

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Whole(cancellationToken)!;

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Streamed(cancellationToken)!;

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
