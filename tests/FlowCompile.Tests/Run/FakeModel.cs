using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>A chat client whose answers a test decides, and that keeps what it was asked.</summary>
internal sealed class FakeModel(Func<string, CancellationToken, Task<string>> answer) : IChatClient
{
    private int _running;

    public FakeModel(Func<string, string> answer)
        : this((prompt, _) => Task.FromResult(answer(prompt)))
    {
    }

    public ConcurrentQueue<(string Prompt, long? Seed, int? Budget, float? Temperature)> Asked { get; } = [];

    /// <summary>How many calls are under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>A catalog in which every model of the goldens is one client.</summary>
    public static ModelCatalog Catalog(IChatClient client) => new ModelCatalog().Add("nano", client).Add("micro", client, leaveOpen: true).Add("mini", client, leaveOpen: true);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = string.Concat(messages.Select(message => message.Text));
        Asked.Enqueue((prompt, options?.Seed, options?.GetReasoningBudget(), options?.Temperature));
        Interlocked.Increment(ref _running);
        try
        {
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer(prompt, cancellationToken)));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
