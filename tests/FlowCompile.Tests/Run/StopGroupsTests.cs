using FlowCompile.Graph;

namespace FlowCompile.Tests.Run;

/// <summary>What lists that end early are to a graph.</summary>
public class StopGroupsTests
{
    [Fact]
    public void OnlyWhatNobodyElseNeeds_IsStopped()
    {
        var graph = new WorkflowGraph(
            "g",
            [
                Node("Shared", GraphInput.FromWorkflow("q", "string")),
                Node("Inner", GraphInput.FromUpstream("a", "string", "Shared")),
                Node("Deep", GraphInput.FromWorkflow("q", "string")),
                Node("Choice", GraphInput.FromCandidates("c", "string", ["Inner", "Deep"], 1, 2)),
                Node("Own", GraphInput.FromWorkflow("q", "string")),
                Node("Outer", GraphInput.FromCandidates("d", "string", ["Choice", "Own"], 1, 2), GraphInput.FromUpstream("s", "string", "Shared")),
            ],
            "Outer");

        var groups = StopGroups.Of(graph)!;

        Assert.Equal([-1, 3, 3, 5, 5, -1], groups);

        static GraphNode Node(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", inputs);
    }

    [Fact]
    public void GraphHash_KnowsWhenAListEndsEarly()
    {
        var hashes = new[] { Hash(0, ""), Hash(2, ""), Hash(3, ""), Hash(2, "Same") };

        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Hash(0, "Same"));

        static string Hash(int agree, string equality) => new WorkflowGraph(
            "g",
            [
                new GraphNode("A", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("q", "string")]) { MinReplicas = 3, MaxReplicas = 3 },
                new GraphNode("B", NodeKind.SubAgent, "string", [GraphInput.FromCandidates("a", "string", ["A"], 1, agree, equality)]),
            ],
            "B").Hash;
    }
}
