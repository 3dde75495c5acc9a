using FlowCompile.Graph;
using static FlowCompile.Tests.Graph.Graphs;

namespace FlowCompile.Tests.Graph;

public class StructureSpaceTests
{
    [Fact]
    public void Math_HasEveryCombinationOfBranchesWithAtLeastOne()
    {
        var graph = Graphs.Math();

        var structures = new StructureSpace(graph).Enumerate().ToList();

        // refine 0..1 x detailed 0..1 x generate 0..2, less the one without any candidate.
        Assert.Equal(11, structures.Count);
        Assert.All(structures, structure => Assert.Equal(structure.IsActive(2), structure.IsActive(0)));
    }

    [Fact]
    public void Selector_WithASingleCandidate_PassesItThrough()
    {
        var graph = Graphs.Math();
        var space = new StructureSpace(graph);

        var structure = space.TryResolve([1, 1, 0, 1, 0, 1], out _)!;

        Assert.Equal("DetailedSolver", structure.ToText(graph));
        Assert.Equal(3, space.ResolveOutput(structure, graph.Output));
    }

    [Fact]
    public void NoCandidate_IsNoStructure()
    {
        var structure = new StructureSpace(Graphs.Math()).TryResolve([1, 1, 0, 0, 0, 1], out var reason);

        Assert.Null(structure);
        Assert.Equal("'Select' has no candidate", reason);
    }

    [Fact]
    public void Hotpot_HasSixStructures() => Assert.Equal(6, new StructureSpace(Hotpot()).Enumerate().Count());

    [Fact]
    public void Code_HasTwelveStructures() => Assert.Equal(12, new StructureSpace(Code()).Enumerate().Count());

    [Fact]
    public void LastStageLeftOut_PassesTheSelectorsOutputOn()
    {
        var graph = Hotpot();
        var space = new StructureSpace(graph);

        var structure = space.TryResolve([2, 1, 0], out _)!;

        Assert.Equal("Answer*2 Select", structure.ToText(graph));
        Assert.Equal(1, space.ResolveOutput(structure, graph.Output));
    }

    [Fact]
    public void RepairWithoutAttempts_NeedsNoTest()
    {
        var graph = Code();

        var structure = new StructureSpace(graph).TryResolve([1, 1, 1, 0], out _)!;

        Assert.Equal([1, 0, 0, 0], structure.Counts);
    }

    [Fact]
    public void OptionalStage_LeftOut_PassesTheWorkflowInputOn()
    {
        var graph = new WorkflowGraph(
            "search",
            [
                new("Rewrite", NodeKind.SubAgent, "string", [Input("question")]) { IsOptional = true },
                Agent("Answer", From("question", "Rewrite")),
            ],
            "Answer");
        var space = new StructureSpace(graph);

        var structures = space.Enumerate().ToList();

        Assert.Equal(["Answer", "Rewrite Answer"], structures.Select(structure => structure.ToText(graph)));
        Assert.Equal([-1], space.ResolveSources(structures[0], 1, graph.Nodes[1].Inputs[0]));
    }

    [Fact]
    public void OptionalStage_OfAnotherType_CannotBeLeftOutOfAnEdge()
    {
        var graph = new WorkflowGraph(
            "plan",
            [
                new("Plan", NodeKind.SubAgent, "Plan", [Input("question")]) { IsOptional = true },
                Agent("Answer", GraphInput.FromUpstream("plan", "Plan", "Plan")),
            ],
            "Answer");

        var structures = new StructureSpace(graph).Enumerate();

        Assert.Equal(["Plan Answer"], structures.Select(structure => structure.ToText(graph)));
    }

    [Fact]
    public void NestedSelectors_WithTheSameCandidate_CountItOnce()
    {
        var graph = new WorkflowGraph(
            "nested",
            [
                new("A", NodeKind.SubAgent, "string", [Input("question")]) { MinReplicas = 0, MaxReplicas = 1 },
                Agent("B", Input("question")),
                Agent("Inner", Any("candidates", 2, "A", "B")),
                Agent("Outer", Any("candidates", 2, "Inner", "B")),
            ],
            "Outer");

        var structures = new StructureSpace(graph).Enumerate().Select(structure => structure.ToText(graph));

        // Without A both selectors stand for B itself.
        Assert.Equal(["B", "A B Inner Outer"], structures);
    }
}
