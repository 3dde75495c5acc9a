namespace FlowCompile.Plans;

/// <summary>What runs have shown of latencies: how much longer they took than was composed of the latencies of calls.</summary>
/// <param name="Ratio">The geometric mean of measured by composed mean latency over the configurations that were run.</param>
/// <param name="Spread">The standard deviation of the logarithm of that ratio.</param>
/// <param name="Configurations">Of how many configurations, 2 or more.</param>
/// <param name="Concurrency">How many runs were under way at once; <see langword="null"/> where that differs.</param>
public sealed record LatencyVerification(double Ratio, double Spread, int Configurations, int? Concurrency);
