using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A model's client under one setting: fills in what the setting says and records each call.</summary>
internal sealed class BoundChatClient(SubAgentContext agent) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        ModelCall.GetResponseAsync(agent, messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamedCall.GetUpdatesAsync(agent, messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : agent.Bound.Client!.GetService(serviceType, serviceKey);

    // The model belongs to the catalog; a sub-agent that disposes its client must not close it for everybody.
    public void Dispose()
    {
    }
}
