using System.Diagnostics;
using FlowCompile.Profiling;

namespace FlowCompile.Tool.Commands;

/// <summary>What is left of the limits of one command: they hold for all its workflows together.</summary>
/// <param name="options">The options, with the limits as they were given.</param>
internal sealed class CommandLimits(ProfilerOptions options)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _tokens;
    private double _cost;

    /// <summary>The options with what is left.</summary>
    public ProfilerOptions Left => options with
    {
        MaxTokens = options.MaxTokens is { } tokens ? Math.Max(0, tokens - _tokens) : null,
        MaxCost = options.MaxCost is { } cost ? Math.Max(0, cost - _cost) : null,
        MaxTime = options.MaxTime is { } time ? TimeSpan.FromTicks(Math.Max(0, (time - Stopwatch.GetElapsedTime(_start)).Ticks)) : null,
    };

    /// <summary>Takes off what was spent.</summary>
    /// <param name="spent">What that is; <see langword="null"/> for nothing.</param>
    public void Add(ProfileSpending? spent) => (_tokens, _cost) = (_tokens + (spent?.Tokens ?? 0), _cost + (spent?.Cost ?? 0));
}
