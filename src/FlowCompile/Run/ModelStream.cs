using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>One call of a model whose answer is read while it is written. It begins when it is read.</summary>
/// <param name="agent">Whose.</param>
/// <param name="messages">The prompt.</param>
/// <param name="options">The caller's options.</param>
/// <param name="canceled">Cancels the call where another one's answer is read; <see langword="null"/> where there is no other. It is disposed with the call.</param>
/// <param name="isHedge">Whether it is the second of two.</param>
/// <param name="cancellationToken">Cancels the call.</param>
internal sealed class ModelStream(
    SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationTokenSource? canceled, bool isHedge, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private readonly CancellationToken _token = canceled?.Token ?? cancellationToken;
    private readonly List<ChatResponseUpdate> _updates = [];
    private IAsyncEnumerator<ChatResponseUpdate>? _stream;
    private RecordedCall _call;
    private CallLimit? _limit;
    private TimeSpan? _first;
    private Task? _left; // what the client does regardless of its token
    private int _next;
    private bool _isRead; // to its end
    private bool _isOver; // it is recorded, or has failed

    /// <summary>The next update; <see langword="null"/> at the end.</summary>
    public async ValueTask<ChatResponseUpdate?> NextAsync() =>
        _next < _updates.Count || await ReadAsync().ConfigureAwait(false) ? _updates[_next++] : null;

    /// <summary>Reads to the first update with content, or to the end where there is none.</summary>
    public async Task ReachContentAsync()
    {
        while (await ReadAsync().ConfigureAwait(false) && _updates[^1].Contents.Count == 0)
        {
        }
    }

    /// <summary>The answer was read, as far as anybody wants it.</summary>
    public void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _call.End(_updates.ToChatResponse(), _first);
        }
    }

    /// <summary>Cancels the call: another one's answer is read. What it throws then is no failure of its model.</summary>
    /// <param name="reading">What reads it.</param>
    public async Task CancelAsync(Task reading)
    {
        await canceled!.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isOver)
        {
            _isOver = true;
            _call.Fail(new OperationCanceledException(_token), _token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_left is not null)
        {
            // A stream must not be disposed while it is read.
            ClientGuard.Forget(CloseAsync(_left, _stream!));
        }
        else if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }

        _limit?.Dispose();
        canceled?.Dispose();
    }

    private async ValueTask<bool> ReadAsync()
    {
        if (_isRead)
        {
            return false;
        }

        try
        {
            var isThere = await MoveAsync(Start().MoveNextAsync()).ConfigureAwait(false);
            _limit!.ThrowIfOver();
            if (!isThere)
            {
                _isRead = true;
                return false;
            }

            if (ClientGuard.Problem(agent.Setting.Model, _stream!.Current) is { } problem)
            {
                throw problem;
            }
        }
        catch (Exception e)
        {
            _isOver = true;
            _call.Fail(e = _limit!.Reason(e), _token);
            ExceptionDispatchInfo.Throw(e);
        }

        _first ??= _call.Elapsed;
        _updates.Add(_stream!.Current);
        return true;
    }

    private static async Task CloseAsync(Task reading, IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> MoveAsync(ValueTask<bool> next)
    {
        if (next.IsCompleted)
        {
            return await next.ConfigureAwait(false);
        }

        var reading = next.AsTask();
        try
        {
            return await ClientGuard.EndAsync(reading, _limit!.Token).ConfigureAwait(false);
        }
        finally
        {
            _left = reading.IsCompleted ? null : reading;
        }
    }

    private IAsyncEnumerator<ChatResponseUpdate> Start()
    {
        if (_stream is null)
        {
            _call = new RecordedCall(agent, isHedge);
            _limit = new CallLimit(agent, _token);
            _stream = ClientGuard.AskStreaming(agent.Bound.Client!, agent.Setting.Model, _call.Keep(messages), _limit.Tell(agent.Bind(options)), _limit.Token);
        }

        return _stream;
    }
}
