namespace FlowCompile.Profiling;

/// <summary>A race that has ended before all cases were measured.</summary>
/// <param name="Cases">How many cases were measured.</param>
/// <param name="Reason">Why no more are needed, in one line.</param>
public sealed record SettledRace(int Cases, string Reason);
