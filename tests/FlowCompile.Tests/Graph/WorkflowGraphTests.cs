using FlowCompile.Graph;
using static FlowCompile.Tests.Graph.Graphs;

namespace FlowCompile.Tests.Graph;

public class WorkflowGraphTests
{
    [Fact]
    public void Cycle_IsNamedWithItsPath()
    {
        var error = Assert.Throws<GraphException>(() => new WorkflowGraph(
            "loop", [Agent("A", From("x", "C")), Agent("B", From("x", "A")), Agent("C", From("x", "B"))], "C"));

        Assert.Equal("Workflow 'loop' has a cycle: A -> B -> C -> A; a node cannot wait for its own output.", error.Message);
    }

    [Fact]
    public void SelfReference_IsACycle() =>
        Assert.Contains("A -> A", Assert.Throws<GraphException>(() => new WorkflowGraph("self", [Agent("A", From("x", "A"))], "A")).Message, StringComparison.Ordinal);

    [Fact]
    public void UnknownUpstream_IsNamed() => Assert.Equal(
        "Workflow 'w' has no node named 'B' to be the upstream of 'A'.",
        Assert.Throws<GraphException>(() => new WorkflowGraph("w", [Agent("A", From("x", "B"))], "A")).Message);

    [Fact]
    public void UnknownOutput_IsNamed() => Assert.Contains(
        "no node named 'Z'", Assert.Throws<GraphException>(() => new WorkflowGraph("w", [Agent("A")], "Z")).Message, StringComparison.Ordinal);

    [Fact]
    public void Order_PutsEachNodeAfterItsUpstreams()
    {
        var graph = new WorkflowGraph("w", [Agent("C", From("x", "B")), Agent("A", Input("q")), Agent("B", From("x", "A"))], "C");

        Assert.Equal([1, 2, 0], graph.Order);
    }

    [Fact]
    public void Hash_IgnoresTheOrderOfDeclaration()
    {
        var one = new WorkflowGraph("w", [Agent("A", Input("q")), Agent("B", From("x", "A"))], "B");
        var other = new WorkflowGraph("w", [Agent("B", From("x", "A")), Agent("A", Input("q"))], "B");

        Assert.Equal(one.Hash, other.Hash);
        Assert.Matches("^sha256:[0-9a-f]{64}$", one.Hash);
    }

    public static TheoryData<string, WorkflowGraph> Changes => new()
    {
        { "edge", new WorkflowGraph("w", [Agent("A", Input("q")), Agent("B", Input("q"))], "B") },
        { "kind", new WorkflowGraph("w", [Tool("A", Input("q")), Agent("B", From("x", "A"))], "B") },
        { "output", new WorkflowGraph("w", [Agent("A", Input("q")), Agent("B", From("x", "A"))], "A") },
        { "name", new WorkflowGraph("v", [Agent("A", Input("q")), Agent("B", From("x", "A"))], "B") },
        { "optional", new WorkflowGraph("w", [Agent("A", Input("q")), new("B", NodeKind.SubAgent, "string", [From("x", "A")]) { IsOptional = true }], "B") },
        { "replicas", new WorkflowGraph("w", [Agent("A", Input("q")), new("B", NodeKind.SubAgent, "string", [From("x", "A")]) { MaxReplicas = 2 }], "B") },
        { "branch", new WorkflowGraph("w", [Agent("A", Input("q")), new("B", NodeKind.SubAgent, "string", [From("x", "A")]) { Condition = new("A", ["1"]) }], "B") },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Hash_ChangesWithWhatAPlanDependsOn(string what, WorkflowGraph changed)
    {
        var graph = new WorkflowGraph("w", [Agent("A", Input("q")), Agent("B", From("x", "A"))], "B");

        Assert.True(graph.Hash != changed.Hash, what);
    }
}
