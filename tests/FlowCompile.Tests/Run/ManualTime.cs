namespace FlowCompile.Tests.Run;

/// <summary>A clock that only a test moves.</summary>
internal sealed class ManualTime : TimeProvider, IDisposable
{
    private readonly SemaphoreSlim _set = new(0);
    private readonly List<ManualTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_timers)
        {
            _timers.Add(timer);
        }

        _set.Release();
        return timer;
    }

    /// <summary>Waits until a further timer is set.</summary>
    public async Task TimerSetAsync() => Assert.True(await _set.WaitAsync(TimeSpan.FromSeconds(60)), "No timer was set.");

    public void Dispose() => _set.Dispose();

    public void Advance(TimeSpan time)
    {
        Interlocked.Add(ref _ticks, time.Ticks);
        ManualTimer[] due;
        lock (_timers)
        {
            due = [.. _timers.Where(timer => timer.Due <= _ticks)];
            Array.ForEach(due, timer => timer.Rearm());
            _timers.RemoveAll(timer => timer.Due <= _ticks);
        }

        Array.ForEach(due, timer => timer.Fire());
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; } = long.MaxValue;

        /// <summary>A timer with a period is due again that long from now.</summary>
        public void Rearm() => Due = _period == Timeout.InfiniteTimeSpan ? Due : time.GetTimestamp() + _period.Ticks;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public void Dispose() => Due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
