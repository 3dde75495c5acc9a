namespace FlowCompile.Generators.Plans;

/// <summary>How often one node runs in a configuration of a plan.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Count">Its calls, 1 or more.</param>
internal sealed record PlanCount(string Node, int Count);
