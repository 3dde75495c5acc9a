namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A raced plan held against the exhaustive profile.</summary>
/// <param name="Volume">The share of the exhaustive frontier's hypervolume that its configurations have.</param>
/// <param name="AboveLeast">The same above the least accurate configuration.</param>
/// <param name="AccuracyCovered">In which share of its configurations its interval has the accuracy that the exhaustive profile says.</param>
/// <param name="LatencyCovered">The same for the latency.</param>
internal sealed record Comparison(double Volume, double AboveLeast, double AccuracyCovered, double LatencyCovered);
