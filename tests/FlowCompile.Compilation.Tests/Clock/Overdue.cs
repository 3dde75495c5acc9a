using System.Diagnostics;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>Tells of a run that keeps the only worker for itself: a loop without end, or a wait that blocks.</summary>
internal sealed class Overdue : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static Overdue? s_current;

    private readonly string _what;
    private readonly long _start = Stopwatch.GetTimestamp();

    private Overdue(string what) => _what = what;

    /// <summary>The run that is under way begins.</summary>
    /// <param name="what">What it is.</param>
    public static Overdue Begin(string what) => s_current = new Overdue(what);

    /// <summary>Which run takes longer than any does; <see langword="null"/> where none does.</summary>
    public static string? Find() => Volatile.Read(ref s_current) is { } run && Stopwatch.GetElapsedTime(run._start) > s_patience ? run._what : null;

    public void Dispose() => Volatile.Write(ref s_current, null);
}
