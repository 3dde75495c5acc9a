using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>
/// One call of a model within the limits of a run. A client that asks before each of its requests is counted request by request; any other one by its
/// response, or by its failure.
/// </summary>
internal sealed class MeteredCall : RequestMeter, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly Spending _spending;
    private readonly SpendingScope? _scope = SpendingScope.Current;
    private readonly TimeProvider _time;
    private readonly string _model;
    private readonly RequestBound _bound;
    private readonly bool _isStreamed;
    private readonly CancellationToken _callers;
    private readonly CancellationTokenSource? _stop;
    private readonly Lock _lock = new();
    private readonly Stack<Reservation> _open = new();
    private bool _isFirst = true;
    private bool _asks;
    private bool _isOver;

    private MeteredCall(ProfileContext context, string model, RequestBound bound, bool isStreamed, CancellationToken cancellationToken)
    {
        (_spending, _time, _model, _bound, _isStreamed, _callers) = (context.Spending, context.Time, model, bound, isStreamed, cancellationToken);
        _stop = _spending.HasLimit ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken) : null;
    }

    /// <summary>Cancels the call: the caller's token, or that a limit was reached while it waits to try again.</summary>
    public CancellationToken Token => _stop?.Token ?? _callers;

    /// <summary>Begins a call once there is room for its first request.</summary>
    /// <param name="context">The profile.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="bound">What a request of it can take at most.</param>
    /// <param name="isStreamed">Whether its answer is read at the pace of whoever asked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="LimitReachedException">A limit is reached.</exception>
    public static async Task<MeteredCall> BeginAsync(ProfileContext context, string model, RequestBound bound, bool isStreamed, CancellationToken cancellationToken)
    {
        var call = new MeteredCall(context, model, bound, isStreamed, cancellationToken);
        try
        {
            if (call._scope?.Take(model) is { } held)
            {
                call._spending.Restate(held, bound);
                call._open.Push(held);
            }
            else
            {
                await call.ReserveAsync(cancellationToken).ConfigureAwait(false);
            }

            if (call._stop is not null)
            {
                call._spending.Watch(call);
            }

            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    public override void Announce()
    {
        lock (_lock)
        {
            _asks = true;
        }
    }

    public override async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        Reservation? first = null;
        lock (_lock)
        {
            _asks = true;
            if (_isFirst)
            {
                // There was room for it when the call began; since then it may have waited for a place at its server.
                _isFirst = false;
                if (_spending.Reached is null)
                {
                    return;
                }

                _open.TryPop(out first);
            }
        }

        if (first is not null)
        {
            _spending.GiveBack(first);
        }

        await ReserveAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Settle(UsageDetails usage, bool isAll)
    {
        Reservation? reservation;
        lock (_lock)
        {
            _open.TryPop(out reservation);
        }

        if (reservation is not null)
        {
            _spending.Settle(reservation, usage, isAll);
        }

        if (_spending.Reached is not null)
        {
            Stop();
        }
    }

    /// <summary>
    /// A limit is reached: where no request is under way, the call waits for one that may not begin. It is given a moment, in which it may turn out
    /// that it has its answer.
    /// </summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (!_isOver && (_open.Count == 0 || (_isFirst && _asks)))
            {
                _stop?.CancelAfter(s_patience);
            }
        }
    }

    /// <summary>The call has its response.</summary>
    /// <param name="responses">The response, or those of all budgets.</param>
    public void Complete(params IReadOnlyList<ChatResponse> responses)
    {
        if (IsCounted())
        {
            return;
        }

        var usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, CachedInputTokenCount = 0 };
        foreach (var response in responses)
        {
            // Of a client that does not say what it took, every byte of the answer may have been a token.
            usage.InputTokenCount += response.Usage?.InputTokenCount;
            usage.CachedInputTokenCount += CachedInput.TokensOf(response.Usage);
            usage.OutputTokenCount += (response.Usage?.OutputTokenCount ?? BytesOf(response)) - (response.GetTimings()?.ReusedTokens ?? 0);
        }

        Settle(usage, isAll: true);
    }

    /// <summary>The call threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <returns>What to throw.</returns>
    public Exception Fail(Exception error)
    {
        if (!IsCounted())
        {
            // What a client refuses to send costs nothing; of other failures nobody knows but the client.
            var usage = (error as ModelCallException)?.Usage;
            var isUnsent = error is NotSupportedException or ArgumentException;
            Settle(usage ?? (isUnsent ? new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 } : new UsageDetails()), isAll: usage is not null || isUnsent);
        }

        if (error is LimitReachedException || (_stop is { IsCancellationRequested: true } && !_callers.IsCancellationRequested))
        {
            _scope?.Refuse();
            return error as LimitReachedException ?? new LimitReachedException();
        }

        return error;
    }

    public void Dispose()
    {
        // Requests that nobody has told the end of. A client that was given up may still tell of one meanwhile, which then is not among them.
        Reservation[] untold;
        lock (_lock)
        {
            _isOver = true;
            untold = [.. _open];
            _open.Clear();
        }

        if (_stop is not null)
        {
            _spending.Forget(this);
            _stop.Dispose();
        }

        Array.ForEach(untold, reservation => _spending.Settle(reservation, new UsageDetails(), isAll: false));
    }

    private static int BytesOf(ChatResponse response) => response.Messages.SelectMany(message => message.Contents).Sum(content => content switch
    {
        TextContent text => Encoding.UTF8.GetByteCount(text.Text),
        TextReasoningContent thinking => Encoding.UTF8.GetByteCount(thinking.Text),
        _ => 0,
    });

    private bool IsCounted()
    {
        lock (_lock)
        {
            return _asks && !_isFirst;
        }
    }

    private async ValueTask ReserveAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        try
        {
            var reservation = await _spending.ReserveAsync(_model, _bound, _scope?.IsRun == true, _isStreamed, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                _open.Push(reservation);
            }
        }
        catch (LimitReachedException)
        {
            _scope?.Refuse();
            throw;
        }
        finally
        {
            _scope?.Wait(_time.GetElapsedTime(start));
        }
    }
}
