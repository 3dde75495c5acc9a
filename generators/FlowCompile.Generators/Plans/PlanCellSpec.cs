namespace FlowCompile.Generators.Plans;

/// <summary>What was measured of one sub-agent under one setting.</summary>
/// <param name="Setting">The sub-agent and the setting.</param>
/// <param name="Position">Where it stands in the file.</param>
/// <param name="LatencySeconds">The mean latency of a call.</param>
/// <param name="LatencyP95Seconds">What 95 of 100 calls stay within, where that is known.</param>
/// <param name="Accuracy">The mean score, where that is known.</param>
/// <param name="Tokens">The mean number of generated tokens, where that is known.</param>
/// <param name="Samples">How many calls these are means of, where that is known.</param>
internal sealed record PlanCellSpec(
    PlanSetting Setting, int Position, double LatencySeconds, double? LatencyP95Seconds, double? Accuracy, double? Tokens, int? Samples);
