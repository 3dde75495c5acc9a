namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A race that was replayed; tokens are shares of what the exhaustive profile has.</summary>
/// <param name="Cases">How many cases it measured.</param>
/// <param name="Settings">How many settings were left.</param>
/// <param name="Tokens">What its cells decoded.</param>
/// <param name="WithReferences">What its cells and reference runs decoded.</param>
/// <param name="Comparison">Its plan against the exhaustive profile.</param>
internal sealed record Replayed(int Cases, int Settings, double Tokens, double WithReferences, Comparison Comparison);
