using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>A run's move from one configuration to another.</summary>
/// <param name="From">The configuration it left.</param>
/// <param name="To">The configuration it went on under.</param>
/// <param name="Reason">Why.</param>
/// <param name="Kept">The names of the nodes whose calls both have, which were not made again.</param>
public sealed record Reroute(WorkflowConfiguration From, WorkflowConfiguration To, string Reason, IReadOnlyList<string> Kept);
