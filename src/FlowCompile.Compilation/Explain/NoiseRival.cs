using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A configuration that another is ahead of by noise only.</summary>
/// <param name="Configuration">The configuration with its estimate. It spends no more than the other, and is less accurate on the recorded cases.</param>
/// <param name="Difference">How much more accurate the other is.</param>
public sealed record NoiseRival(WorkflowConfiguration Configuration, AccuracyDifference Difference);
