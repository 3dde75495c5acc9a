using System.Diagnostics;

namespace FlowCompile;

/// <summary>Reading the clock.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>The time since a timestamp: of the system's clock without asking how fast it ticks.</summary>
    public static TimeSpan Since(this TimeProvider time, long start) =>
        time == TimeProvider.System ? Stopwatch.GetElapsedTime(start) : time.GetElapsedTime(start);
}
