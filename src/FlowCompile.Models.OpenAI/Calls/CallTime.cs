using System.Globalization;

namespace FlowCompile.Models.OpenAI;

/// <summary>How long the caller of a call still waits for its answer.</summary>
/// <param name="limit">The time from now on; <see langword="null"/> for any time.</param>
/// <param name="time">The clock.</param>
internal sealed class CallTime(TimeSpan? limit, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Why a wait is not begun; <see langword="null"/> where there is time for it.</summary>
    /// <param name="wait">How long it would be.</param>
    public string? Against(TimeSpan wait) => limit is { } all && all - time.GetElapsedTime(_start) is var left && left <= wait
        ? string.Create(CultureInfo.InvariantCulture, $"the next try would be in {wait.TotalSeconds:0.###} s, and the call has {Math.Max(0, left.TotalSeconds):0.###} s left")
        : null;
}
