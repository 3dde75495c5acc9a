using Microsoft.Extensions.AI;

namespace FlowCompile.Benchmarks;

/// <summary>A model that has its answer at once.</summary>
internal sealed class InstantModel : IChatClient
{
    private static readonly Task<ChatResponse> s_answer = Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "7")));

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => s_answer;

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
