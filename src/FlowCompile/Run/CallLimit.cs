namespace FlowCompile;

/// <summary>The time that one model call may take, where there is a limit.</summary>
internal sealed class CallLimit : IDisposable
{
    private readonly SubAgentContext _agent;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _either;

    public CallLimit(SubAgentContext agent, CancellationToken cancellationToken)
    {
        _agent = agent;
        _caller = cancellationToken;
        if (agent.Host.CallTimeout(agent.Bound) is { } limit && limit <= TimerLimit.Longest)
        {
            _limit = limit;
            _timer = new CancellationTokenSource(limit, agent.Host.Time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
        }
    }

    /// <summary>Cancels the call: the caller's token, or the end of its time.</summary>
    public CancellationToken Token => _either?.Token ?? _caller;

    /// <summary>What the call failed of: the end of its time, where its time was over.</summary>
    /// <param name="exception">What it threw.</param>
    public Exception Reason(Exception exception) =>
        exception is OperationCanceledException && _timer is { IsCancellationRequested: true } && !_caller.IsCancellationRequested
            ? new TimeoutException(
                FormattableString.Invariant($"The model '{_agent.Setting.Model}' gave no answer within {_limit.TotalSeconds:0.###} s."), exception)
            : exception;

    public void Dispose()
    {
        _either?.Dispose();
        _timer?.Dispose();
    }
}
