namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>How a run of generated code ended.</summary>
/// <param name="Output">Its output; <see langword="null"/> where it has none.</param>
/// <param name="Threw">Whether a node failed.</param>
/// <param name="Seconds">When it ended, by the clock of its models.</param>
/// <param name="Calls">The calls that ended before.</param>
/// <param name="RoutersRight">Whether all that routers said was right.</param>
internal sealed record RunEnd(string? Output, bool Threw, double Seconds, IReadOnlyList<MadeCall> Calls, bool RoutersRight)
{
    /// <summary>Whether it has an output, and that is right.</summary>
    public bool IsRight => Output is not null && Said.IsRight(Output);

    public double Cost => Calls.Sum(call => call.Cost);

    public override string ToString() => FormattableString.Invariant($"{(Threw ? "threw" : Output ?? "no output")} after {Seconds} s, {Calls.Count} calls");
}
