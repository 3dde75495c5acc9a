using System.Collections.Concurrent;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>A clock whose waits are over at once, which goes on by them, and which keeps how long they were to be. Waits of an hour or more end when told to.</summary>
internal sealed class HastyTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    private readonly ConcurrentQueue<(ITimer Timer, TimeSpan Due)> _long = new();

    private long _waited;

    /// <summary>How many waits of an hour or more were begun that nobody has let pass, those given up included.</summary>
    public int LongWaits => _long.Count;

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _waited);

    /// <summary>Lets the hours pass that are waited for now.</summary>
    public void Elapse()
    {
        List<(ITimer Timer, TimeSpan Due)> waits = [];
        while (_long.TryDequeue(out var wait))
        {
            waits.Add(wait);
        }

        Interlocked.Add(ref _waited, waits.Max(wait => wait.Due).Ticks);
        foreach (var (timer, _) in waits)
        {
            // One that was disposed stays silent.
            timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromHours(1) || dueTime < TimeSpan.Zero)
        {
            var timer = System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            _long.Enqueue((timer, dueTime));
            return timer;
        }

        _waits.Enqueue(dueTime);
        Interlocked.Add(ref _waited, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
