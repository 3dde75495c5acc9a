using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A model that has its answer at once: one of ten numbers, by its prompt and budget, so that some answers are right.</summary>
/// <param name="name">What it is called.</param>
internal sealed class InstantModel(string name) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var hash = 17;
        foreach (var message in messages)
        {
            foreach (var letter in message.Text)
            {
                hash = unchecked((hash * 31) + letter);
            }
        }

        var digit = (uint)unchecked((hash * 31) + (options?.GetReasoningBudget() ?? 0)) % 10;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, ((char)('0' + digit)).ToString()))
        {
            Usage = new UsageDetails { InputTokenCount = 20, OutputTokenCount = 1, TotalTokenCount = 21 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("instant", defaultModelId: name) : null;

    public void Dispose()
    {
    }
}
