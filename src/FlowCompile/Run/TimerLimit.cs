namespace FlowCompile;

/// <summary>What timers can take.</summary>
internal static class TimerLimit
{
    /// <summary>The longest time, about 49 days. A limit beyond it is none.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
}
