namespace FlowCompile.Compilation;

/// <summary>One measured call of a sub-agent under one setting.</summary>
/// <param name="Case">The case, by its place.</param>
/// <param name="State">What was right in its inputs.</param>
/// <param name="Score">Its score, 0 to 1, taken for the probability that it is right.</param>
/// <param name="Latency">Its latency in seconds.</param>
/// <param name="Output">Its output as JSON, where it decides which branch is taken.</param>
/// <param name="IsComposed">Whether its inputs were put together; no run of the workflow made the call.</param>
/// <param name="Cost">Its cost; not a number where only the mean of such calls is known.</param>
/// <param name="Energy">Its energy in joules; not a number where it was not measured, or only the mean is known.</param>
internal readonly record struct RecordedCall(
    int Case, InputState State, double Score, double Latency, string? Output = null, bool IsComposed = false, double Cost = double.NaN, double Energy = double.NaN);
