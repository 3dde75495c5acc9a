using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tests.Run;

internal static class Configurations
{
    /// <summary>A configuration of a structure, every sub-agent under one setting.</summary>
    public static WorkflowConfiguration Of(WorkflowGraph graph, WorkflowStructure structure, string model = "mini", int budget = 16) => new(
        "test",
        structure,
        [.. graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && structure.IsActive(i) ? new Setting(model, budget) : (Setting?)null)]);
}
