namespace FlowCompile;

/// <summary>
/// The circuit breaker of one model, shared by all runs on its catalog. After a number of failures in a row it opens, and runs by
/// preference avoid the model. When its time is over it lets one of them through as a probe: a success closes it, a failure opens it again.
/// </summary>
internal sealed class ModelHealth(ModelCatalog catalog)
{
    private readonly object _lock = new();
    private int _failures;
    private long _openUntil; // a timestamp; 0 while closed

    /// <summary>Whether the last call succeeded, so that a further success has nothing to say.</summary>
    public bool IsSound => Volatile.Read(ref _failures) == 0;

    /// <summary>Whether the breaker is open: the model failed too often, and no call has succeeded since.</summary>
    public bool IsOpen => OpenUntil != 0;

    /// <summary>When its time is over, as a timestamp; 0 while it is closed.</summary>
    public long OpenUntil => Volatile.Read(ref _openUntil);

    public void Succeeded()
    {
        lock (_lock)
        {
            Volatile.Write(ref _failures, 0);
            Set(0);
        }
    }

    /// <summary>A call failed.</summary>
    /// <returns>Whether that opened the breaker.</returns>
    public bool Failed(WorkflowRuntime runtime)
    {
        lock (_lock)
        {
            Volatile.Write(ref _failures, _failures + 1);
            if (_failures < runtime.FailuresToBreak)
            {
                return false;
            }

            var opens = _openUntil == 0;
            Set(Later(runtime));
            return opens;
        }
    }

    /// <summary>Whether the breaker is open and its time not over.</summary>
    public bool IsAvoided(WorkflowRuntime runtime) => OpenUntil is not 0 and var until && runtime.TimeProvider.GetTimestamp() < until;

    /// <summary>Takes the permission to call the model: always there while closed; while open only for the first to ask after each break.</summary>
    /// <param name="runtime">Says how long a break is.</param>
    /// <param name="until">Until when the breaker is open for the others (<see cref="OpenUntil"/>).</param>
    public bool TryTake(WorkflowRuntime runtime, out long until)
    {
        lock (_lock)
        {
            until = _openUntil;
            if (IsAvoided(runtime))
            {
                return false;
            }

            if (_openUntil != 0)
            {
                Set(Later(runtime));
                until = _openUntil;
            }

            return true;
        }
    }

    // A break that outlasts what a timestamp can say never ends.
    private static long Later(WorkflowRuntime runtime)
    {
        var now = runtime.TimeProvider.GetTimestamp();
        var length = runtime.BreakDuration.TotalSeconds * runtime.TimeProvider.TimestampFrequency;
        return length < long.MaxValue / 2 ? Math.Max(1, now + (long)length) : long.MaxValue;
    }

    private void Set(long openUntil)
    {
        var change = (openUntil == 0 ? 0 : 1) - (_openUntil == 0 ? 0 : 1);
        Volatile.Write(ref _openUntil, openUntil);
        if (change != 0)
        {
            catalog.CountOpenCircuits(change);
        }
    }
}
