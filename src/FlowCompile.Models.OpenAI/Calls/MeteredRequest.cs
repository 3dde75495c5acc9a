using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI;

/// <summary>One request on its way to the server, as whoever pays for it counts it.</summary>
internal sealed class MeteredRequest
{
    private readonly RequestMeter? _meter = RequestMeter.Current;
    private ChatUsage? _usage;
    private long _received;
    private bool _isFinished;
    private bool _isAll;

    /// <summary>Asks whether the request may be sent.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public ValueTask BeginAsync(CancellationToken cancellationToken) => _meter?.BeginAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>A piece of the answer is there. A token is at least one byte of it.</summary>
    /// <param name="chunk">The piece.</param>
    public void See(ChatChunk chunk)
    {
        _usage = chunk.Usage ?? _usage;
        _isFinished |= chunk.FinishReason is not null;

        // What an error says is the last word; a stream that broke off after its end and its usage said all.
        _isAll |= chunk.Usage is not null && (_isFinished || chunk.Error is not null);
        _received += Encoding.UTF8.GetByteCount(chunk.Thinking) + Encoding.UTF8.GetByteCount(chunk.Text);
    }

    /// <summary>The answer was read to its end.</summary>
    public void Complete() => _isAll = true;

    /// <summary>The server has refused the request, or it never got there: nothing was generated but what an error says.</summary>
    /// <param name="usage">What the error says; <see langword="null"/> where it says nothing.</param>
    public void Refuse(ChatUsage? usage = null) => (_isAll, _usage) = (true, usage ?? new ChatUsage(0, 0, null, null));

    /// <summary>The request is over, however it went.</summary>
    public void End() => _meter?.Settle(
        _usage is { } usage
            ? new UsageDetails { InputTokenCount = usage.Input, OutputTokenCount = usage.Output, CachedInputTokenCount = usage.Cached }
            : new UsageDetails { OutputTokenCount = _received },
        _isAll);
}
