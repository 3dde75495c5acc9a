namespace FlowCompile.Compilation;

/// <summary>What one call, or everything up to a point, comes to.</summary>
/// <param name="Accuracy">The probability of being right.</param>
/// <param name="Latency">The mean latency in seconds.</param>
/// <param name="Cost">The mean cost.</param>
internal readonly record struct CallValues(double Accuracy, double Latency, double Cost);
