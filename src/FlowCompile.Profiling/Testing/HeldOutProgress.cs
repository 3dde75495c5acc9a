namespace FlowCompile.Profiling.Testing;

/// <summary>How far a held-out test is.</summary>
/// <param name="Configuration">The configuration that ran last.</param>
/// <param name="Done">How many runs are done.</param>
/// <param name="Total">How many there are: configurations times cases.</param>
/// <param name="Failures">How many failed.</param>
/// <param name="TimeLeft">The time left at the rate so far.</param>
public sealed record HeldOutProgress(string Configuration, int Done, int Total, int Failures, TimeSpan TimeLeft);
