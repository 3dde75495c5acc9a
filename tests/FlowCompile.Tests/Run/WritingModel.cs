using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>A chat client that writes each answer in the pieces that a test hands it, and as fast as it does.</summary>
/// <param name="isByCall">Whether answers are those of single calls: of the first under <c>prefix0</c>, of the second under <c>prefix1</c>.</param>
internal sealed class WritingModel(bool isByCall = false) : IChatClient
{
    private readonly ConcurrentDictionary<string, Channel<ChatResponseUpdate>> _answers = new();
    private int _running;

    public ConcurrentQueue<string> Asked { get; } = [];

    public int Running => Volatile.Read(ref _running);

    /// <summary>A further piece of the answer to prompts that begin so.</summary>
    public WritingModel Write(string prefix, params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            Answer(prefix).Writer.TryWrite(piece.Length == 0 ? new ChatResponseUpdate { Role = ChatRole.Assistant } : new ChatResponseUpdate(ChatRole.Assistant, piece));
        }

        return this;
    }

    /// <summary>Ends the answer to prompts that begin so.</summary>
    public WritingModel End(string prefix, Exception? error = null)
    {
        Answer(prefix).Writer.TryComplete(error);
        return this;
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = string.Concat(messages.Select(message => message.Text)).Split(' ')[0];
        Interlocked.Increment(ref _running);
        var before = Asked.Count(asked => asked == prefix);
        Asked.Enqueue(prefix);
        try
        {
            await foreach (var update in Answer(isByCall ? $"{prefix}{before}" : prefix).Reader.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
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

    private Channel<ChatResponseUpdate> Answer(string prefix) => _answers.GetOrAdd(prefix, _ => Channel.CreateUnbounded<ChatResponseUpdate>());
}
