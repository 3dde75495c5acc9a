using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>A model that answers at once, after doing something to the options it was given.</summary>
internal sealed class OptionsModel(Action<ChatOptions> use) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        use(options!);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "7")));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
