namespace FlowCompile.Profiling.Tests.Spending;

/// <summary>The system's clock, which counts its timers.</summary>
internal sealed class TimerCount : TimeProvider
{
    private int _begun;
    private int _open;

    public int Begun => _begun;

    /// <summary>How many are not disposed.</summary>
    public int Open => _open;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _open);
        return new Counted(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _open));
    }

    private sealed class Counted(ITimer timer, Action disposed) : ITimer
    {
        private Action? _disposed = disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            Interlocked.Exchange(ref _disposed, null)?.Invoke();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
