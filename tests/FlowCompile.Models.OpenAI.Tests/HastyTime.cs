using System.Collections.Concurrent;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>A clock whose waits are over at once, and which keeps how long they were to be. Waits of an hour or more end when told to.</summary>
internal sealed class HastyTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    private readonly ConcurrentQueue<ITimer> _long = new();

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    /// <summary>Lets the hours pass that are waited for now.</summary>
    public void Elapse()
    {
        while (_long.TryDequeue(out var timer))
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
            _long.Enqueue(timer);
            return timer;
        }

        _waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
