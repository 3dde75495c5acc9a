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

    /// <summary>With one B the selector has two candidates and needs three: it has no output, and the answer is C's alone.</summary>
    [Fact]
    public void SelectorWithTooFewCandidates_AndOneThatHandsItsOnlyOneOn_AreToldApart()
    {
        var graph = TooFew();

        var structures = new StructureSpace(graph).Enumerate().ToList();

        Assert.Equal(["A C Out", "C Out", "A B*2 Sel C Out"], structures.Select(structure => structure.ToText(graph)));
        Assert.Equal([[1, 0, 1, 1, 1], [0, 0, 0, 1, 1], [1, 2, 1, 1, 1]], structures.Select(structure => structure.Counts));
        Assert.Equal([false, false, true], structures.Select(structure => structure.IsCalled(2)));
        Assert.All(structures, structure => Assert.Equal(structure, WorkflowStructure.Create(graph, structure.Counts)));
    }

    [Fact]
    public void OptionalSelector_KeptWithASingleCandidate_HandsItOn()
    {
        var graph = new WorkflowGraph(
            "kept",
            [
                new("G", NodeKind.SubAgent, "string", [Input("question")]) { MinReplicas = 1, MaxReplicas = 2 },
                new("Sel", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                Agent("C", Input("question")),
                Agent("Out", Any("candidates", 1, "C", "Sel")),
            ],
            "Out");
        var space = new StructureSpace(graph);

        var structures = space.Enumerate().ToList();

        Assert.Equal(["C Out", "G C Out", "G*2 Sel C Out"], structures.Select(structure => structure.ToText(graph)));
        Assert.Equal([1, 1, 1, 1], structures[1].Counts);
        Assert.False(structures[1].IsCalled(1));
        Assert.Equal([2, 0], space.ResolveSources(structures[1], 3, graph.Nodes[3].Inputs[0]));
    }

    /// <summary>The same calls, and Out has G's answer beside the others or not: only what is in parentheses tells.</summary>
    [Fact]
    public void WhatHandsOnWhatRunsAnyway_IsInTheText()
    {
        var graph = new WorkflowGraph(
            "aside",
            [
                Agent("G", Input("question")),
                new("Sel", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                Agent("D", From("draft", "G")),
                Agent("Out", Any("candidates", 1, "D", "Sel")),
            ],
            "Out");

        var structures = new StructureSpace(graph).Enumerate().ToList();

        Assert.Equal(["G D Out", "G (Sel) D Out"], structures.Select(structure => structure.ToText(graph)));
        Assert.All(structures, structure => Assert.Equal(structure, WorkflowStructure.Create(graph, structure.Counts)));
    }

    /// <summary>Where a list has the candidate already, a selector that hands it on changes nothing: one structure, and the selector has no count.</summary>
    [Fact]
    public void TwoChoicesThatRunTheSame_AreOneStructure()
    {
        var graph = new WorkflowGraph(
            "same",
            [
                Agent("G", Input("question")),
                new("One", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                new("Other", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                Agent("C", Input("question")),
                Agent("Out", Any("candidates", 1, "C", "One", "Other")),
            ],
            "Out");
        var space = new StructureSpace(graph);

        Assert.Equal([[0, 0, 0, 1, 1], [1, 1, 0, 1, 1]], space.Enumerate().Select(structure => structure.Counts));
        Assert.Equal([1, 1, 0, 1, 1], space.TryResolve([1, 0, 1, 1, 1], out _)!.Counts);
    }

    [Fact]
    public void OptionalTool_IsInTheTextWhereNothingElseTells()
    {
        var graph = new WorkflowGraph(
            "tool",
            [
                Agent("A", Input("question")),
                new("Trim", NodeKind.Tool, "string", [From("answer", "A")]) { IsOptional = true },
                Agent("Out", From("answer", "Trim")),
            ],
            "Out");

        Assert.Equal(["A Out", "A (Trim) Out"], new StructureSpace(graph).Enumerate().Select(structure => structure.ToText(graph)));
    }

    [Fact]
    public void CountsOfAnEarlierVersion_AreReadAsTheOneStructureThatTheyCanMean()
    {
        var graph = TooFew();

        Assert.Equal([1, 0, 1, 1, 1], WorkflowStructure.Create(graph, [1, 0, 0, 1, 1]).Counts);
        Assert.Equal("'B*2 C Out' is not a structure of workflow 'few'; 'A B*2 Sel C Out' is.", Assert.Throws<GraphException>(() => WorkflowStructure.Create(graph, [0, 2, 0, 1, 1])).Message);
    }

    [Fact]
    public void CountsOfAnEarlierVersion_ThatCanMeanSeveralStructures_AreRefused()
    {
        var graph = new WorkflowGraph(
            "several",
            [
                Agent("G", Input("question")),
                new("One", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                new("Other", NodeKind.SubAgent, "string", [Any("candidates", 2, "G")]) { IsOptional = true },
                Agent("A", Input("question")),
                Agent("X", Any("candidates", 1, "A", "One")),
                Agent("Y", Any("candidates", 1, "A", "Other")),
                Agent("Out", From("x", "X"), From("y", "Y")),
            ],
            "Out");

        Assert.Equal(4, new StructureSpace(graph).Enumerate().Count());
        Assert.StartsWith(
            "'G A X Y Out' is not a structure of workflow 'several'",
            Assert.Throws<GraphException>(() => WorkflowStructure.Create(graph, [1, 0, 0, 1, 1, 1, 1])).Message,
            StringComparison.Ordinal);
    }

    private static WorkflowGraph TooFew() => new(
        "few",
        [
            Agent("A", Input("question")),
            new("B", NodeKind.SubAgent, "string", [Input("question")]) { MinReplicas = 0, MaxReplicas = 2 },
            Agent("Sel", Any("candidates", 3, "A", "B")),
            Agent("C", Input("question")),
            Agent("Out", Any("candidates", 1, "C", "Sel")),
        ],
        "Out");
}
