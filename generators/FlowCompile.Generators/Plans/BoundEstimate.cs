namespace FlowCompile.Generators.Plans;

/// <summary>What a configuration is expected to do.</summary>
/// <param name="Accuracy">The expected score.</param>
/// <param name="LatencySeconds">The mean latency.</param>
/// <param name="Cost">The mean cost.</param>
/// <param name="EnergyJoules">The mean energy, where it was measured.</param>
internal sealed record BoundEstimate(double Accuracy, double LatencySeconds, double Cost, double? EnergyJoules);
