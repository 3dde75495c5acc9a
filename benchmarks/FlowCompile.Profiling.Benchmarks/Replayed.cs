namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A race that was replayed; all but the first two are shares of what the exhaustive profile has.</summary>
/// <param name="Cases">How many cases it measured.</param>
/// <param name="Settings">How many settings were left.</param>
/// <param name="Tokens">What its cells decoded.</param>
/// <param name="WithReferences">What its cells and reference runs decoded.</param>
/// <param name="Volume">The hypervolume of its plan.</param>
/// <param name="AboveLeast">The same above the least accurate configuration.</param>
internal sealed record Replayed(int Cases, int Settings, double Tokens, double WithReferences, double Volume, double AboveLeast);
