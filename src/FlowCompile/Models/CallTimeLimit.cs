using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Carries on <see cref="ChatOptions"/> how long the caller waits for the answer, from the start of the call. A client begins no wait and no further
/// try that would end later, and fails at once instead. What ends a call that is under way is its token.
/// </summary>
public static class CallTimeLimit
{
    private const string Key = "flowcompile.time_limit";

    /// <summary>The time that the caller waits; <see langword="null"/> where it set none.</summary>
    /// <param name="options">The options.</param>
    public static TimeSpan? GetTimeLimit(this ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AdditionalProperties is { } properties && properties.TryGetValue(Key, out TimeSpan limit) ? limit : null;
    }

    /// <summary>Sets the time that the caller waits.</summary>
    /// <param name="options">The options.</param>
    /// <param name="limit">The time from the start of the call, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public static void SetTimeLimit(this ChatOptions options, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        (options.AdditionalProperties ??= [])[Key] = limit;
    }
}
