using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Route;

/// <summary>A model that says its name and what it was asked, whole or in two parts.</summary>
internal sealed class StreamingFake(string name, bool fails) : IChatClient
{
    private int _running;

    public ConcurrentQueue<(int? Budget, float? Temperature)> Asked { get; } = [];

    public bool BreaksOff { get; set; }

    public bool Hangs { get; set; }

    public int Running => Volatile.Read(ref _running);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Ask(options);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{name}: {Text(messages)}")));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await Task.Yield();
            Ask(options);
            yield return new ChatResponseUpdate(ChatRole.Assistant, $"{name}: ");
            if (BreaksOff)
            {
                throw new HttpRequestException("gone");
            }

            await Task.Delay(Hangs ? Timeout.Infinite : 0, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, Text(messages));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private void Ask(ChatOptions? options)
    {
        Asked.Enqueue((options?.GetReasoningBudget(), options?.Temperature));
        if (fails)
        {
            throw new HttpRequestException("down");
        }
    }

    private static string Text(IEnumerable<ChatMessage> messages) => string.Concat(messages.Select(message => message.Text));
}
