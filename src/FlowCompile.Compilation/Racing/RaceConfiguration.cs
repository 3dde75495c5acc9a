namespace FlowCompile.Compilation;

/// <summary>A configuration in a race.</summary>
/// <param name="Settings">The places of its settings.</param>
/// <param name="Accuracy">The probability that it is right, case by case, padded with 0.</param>
/// <param name="Latency">Its latency in seconds, likewise.</param>
/// <param name="Means">Its means.</param>
internal sealed record RaceConfiguration(int[] Settings, double[] Accuracy, double[] Latency, CallValues Means);
