using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>A configuration of the frontier that is not in the plan, because its accuracy cannot be told apart from that of one that spends no more.</summary>
/// <param name="Configuration">The configuration with its estimate, under the id of the other with a number of its own: <c>c05/2</c>.</param>
/// <param name="Into">The configuration of the plan that stands for it.</param>
/// <param name="Difference">How much more accurate it is.</param>
public sealed record FoldedConfiguration(WorkflowConfiguration Configuration, WorkflowConfiguration Into, AccuracyDifference Difference);
