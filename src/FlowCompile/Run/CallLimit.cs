using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>The time that one model call may take, where there is a limit.</summary>
internal sealed class CallLimit : IDisposable
{
    private readonly SubAgentContext _agent;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _limit;
    private readonly bool _isFirm;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _either;

    public CallLimit(SubAgentContext agent, CancellationToken cancellationToken)
    {
        _agent = agent;
        _caller = cancellationToken;
        if (agent.Host.CallTimeout(agent.Bound) is var (limit, isFirm) && limit <= TimerLimit.Longest)
        {
            (_limit, _isFirm) = (limit, isFirm);
            _timer = new CancellationTokenSource(limit, agent.Host.Time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
        }
    }

    /// <summary>Cancels the call: the caller's token, or the end of its time.</summary>
    public CancellationToken Token => _either?.Token ?? _caller;

    // Where the caller canceled, that is why the call ends.
    private bool IsOver => _timer is { IsCancellationRequested: true } && !_caller.IsCancellationRequested;

    /// <summary>Tells the client how long it is waited for, so that it begins nothing that would end later.</summary>
    /// <param name="options">The options of the call.</param>
    /// <returns>The options.</returns>
    public ChatOptions Tell(ChatOptions options)
    {
        if (_timer is not null)
        {
            options.SetTimeLimit(_limit);
        }

        return options;
    }

    /// <summary>Refuses what a client gives that did not heed its token: a call that ends after its time is late.</summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public void ThrowIfOver()
    {
        if (_isFirm && IsOver)
        {
            throw Late(inner: null);
        }
    }

    /// <summary>What the call failed of: the end of its time, where its time was over.</summary>
    /// <param name="exception">What it threw.</param>
    public Exception Reason(Exception exception) => exception is not OperationCanceledException ? exception
        : IsOver ? Late(exception)
        : _caller.IsCancellationRequested ? exception
        : ClientGuard.GaveUp(_agent.Setting.Model, exception);

    public void Dispose()
    {
        _either?.Dispose();
        _timer?.Dispose();
    }

    private TimeoutException Late(Exception? inner) => new(
        FormattableString.Invariant($"The model '{_agent.Setting.Model}' gave no answer within {_limit.TotalSeconds:0.###} s."), inner);
}
