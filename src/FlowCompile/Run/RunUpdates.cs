using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>The updates of a run's output on their way to whoever reads them.</summary>
internal sealed class RunUpdates
{
    // Without a bound: a reader that is slow must not hold up the model, and an answer is no longer than its budget.
    private readonly Channel<ChatResponseUpdate> _channel = Channel.CreateUnbounded<ChatResponseUpdate>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<ChatResponseUpdate> Reader => _channel.Reader;

    /// <summary>Whether there was any.</summary>
    public bool HasAny { get; private set; }

    public void Write(ChatResponseUpdate update)
    {
        HasAny = true;
        _channel.Writer.TryWrite(update);
    }

    /// <summary>The run has ended.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
