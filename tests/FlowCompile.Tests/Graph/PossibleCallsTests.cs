using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Tests.Graph.Graphs;

namespace FlowCompile.Tests.Graph;

/// <summary>A selector whose candidates exclude one another has one at most: it is never called, and a setting of it is no part of a configuration.</summary>
public class PossibleCallsTests
{
    private static readonly WorkflowGraph s_routed = Routed(["easy"], [], minimum: 2);

    public static TheoryData<string[], string[], int, int, bool, bool> Branches => new()
    {
        // The values of both branches, the replicas of the first, the minimum, whether a third candidate is there always, and whether Select may be called.
        { ["easy"], [], 1, 2, false, false },
        { ["easy"], ["hard"], 1, 2, false, false },
        { ["easy"], ["easy"], 1, 2, false, true },
        { ["easy", "hard"], ["hard"], 1, 2, false, true },
        { ["easy"], [], 2, 2, false, true },
        { ["easy"], [], 1, 1, false, true },
        { ["easy"], [], 1, 2, true, true },

        // Two of three that it needs are an error of the run, as they are where nothing branches.
        { ["easy"], [], 1, 3, true, true },
    };

    [Theory]
    [MemberData(nameof(Branches))]
    public void Selector_IsCalledWhereSomeValueOfTheRouterGivesItEnough(string[] quick, string[] careful, int replicas, int minimum, bool hasDraft, bool isCalled)
    {
        var graph = Routed(quick, careful, minimum, replicas, hasDraft);
        var space = new StructureSpace(graph);
        var structure = space.Largest;

        Assert.True(structure.IsActive(graph.IndexOf("Select")));
        Assert.Equal(isCalled, structure.IsCalled(graph.IndexOf("Select")));
        Assert.Equal(isCalled, space.MayBeCalled(graph.IndexOf("Select")));
        Assert.All(["Route", "Quick", "Careful"], node => Assert.True(structure.IsCalled(graph.IndexOf(node))));
        Assert.Equal(isCalled, structure.ToText(graph).Contains("Select", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoRouters_ExcludeNothingOfEachOther()
    {
        var graph = new WorkflowGraph("two",
        [
            Tool("One", Input("x")), Tool("Other", Input("x")),
            When("Quick", "One", "a"), When("Careful", "Other", "a"),
            Agent("Select", Any("candidates", 2, "Quick", "Careful")),
        ], "Select");

        Assert.True(new StructureSpace(graph).Largest.IsCalled(4));
    }

    [Fact]
    public void SelectorInABranchOfAnother_WithoutCandidates_IsNeverCalled()
    {
        var graph = new WorkflowGraph("inner",
        [
            Tool("Route", Input("x")),
            When("Quick", "Route", "easy"),
            new("Polish", NodeKind.SubAgent, "string", [Any("candidates", 1, "Quick")]) { Condition = new BranchCondition("Route", ["hard"]) },
            Agent("Answer", Any("candidates", 1, "Quick", "Polish")),
        ], "Answer");

        var structure = new StructureSpace(graph).Largest;
        Assert.False(structure.IsCalled(2));
        Assert.True(structure.IsCalled(3));
    }

    [Fact]
    public void BranchOfARouterThatIsInABranch_ExcludesTheOtherBranch()
    {
        var graph = new WorkflowGraph("nested",
        [
            Tool("Route", Input("x")),
            When("Quick", "Route", "easy"),
            new("Second", NodeKind.Tool, "string", [Input("x")]) { Condition = new BranchCondition("Route", ["hard"]) },
            When("Careful", "Second", "long"),
            Agent("Select", Any("candidates", 2, "Quick", "Careful")),
        ], "Select");

        Assert.False(new StructureSpace(graph).Largest.IsCalled(4));
    }

    [Fact]
    public void WhatReadsANodeThatAlwaysFails_IsNeverCalled()
    {
        // Vote needs three, and has Draft and one of the branches: an error of the run, after which nothing reads it.
        var graph = new WorkflowGraph("failing",
        [
            Tool("Route", Input("x")),
            When("Quick", "Route", "easy"),
            When("Careful", "Route"),
            Agent("Draft", Input("x")),
            Agent("Vote", Any("candidates", 3, "Quick", "Careful", "Draft")),
            Agent("Answer", Any("candidates", 1, "Draft", "Vote")),
        ], "Answer");

        var structure = new StructureSpace(graph).Largest;
        Assert.True(structure.IsCalled(4));
        Assert.False(structure.IsCalled(5));
    }

    [Fact]
    public void SettingOfWhatIsNeverCalled_IsNoPartOfAConfiguration()
    {
        var plan = Plan("big");

        var configuration = Assert.Single(plan.Configurations);
        Assert.Null(configuration.Settings[3]);
        Assert.Equal("Quick=nano@0 Careful=mini@0", configuration.ToText(s_routed));
        Assert.DoesNotContain("Select\": \"", Encoding.UTF8.GetString(PlanFile.Serialize(plan, s_routed)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => plan.Without("big"));
        Assert.Empty(plan.Without("mini").Configurations);
    }

    [Fact]
    public void OlderPlanWithSuchASetting_IsReadAsWithoutIt()
    {
        var text = Encoding.UTF8.GetString(PlanFile.Serialize(Plan("big"), s_routed));
        var older = text.Replace("\"Careful\": \"mini@0\"", "\"Careful\": \"mini@0\", \"Select\": \"big@64\"", StringComparison.Ordinal);
        Assert.NotEqual(text, older);

        var read = PlanFile.Parse(Encoding.UTF8.GetBytes(older), s_routed, "plan.json");

        Assert.Equal(text, Encoding.UTF8.GetString(PlanFile.Serialize(read, s_routed)));
    }

    private static WorkflowPlan Plan(string selector) => new("routed", s_routed.Hash, "independent", "parallel",
        [
            new WorkflowConfiguration(
                "c01", new StructureSpace(s_routed).Largest, [null, new Setting("nano", 0), new Setting("mini", 0), new Setting(selector, 0)], new Estimate { Accuracy = 0.5, LatencySeconds = 1 }),
        ], null);

    private static WorkflowGraph Routed(string[] quick, string[] careful, int minimum, int replicas = 1, bool hasDraft = false) => new(
        "routed",
        [
            Tool("Route", Input("x")),
            When("Quick", "Route", quick, replicas),
            When("Careful", "Route", careful),
            Agent("Select", Any("candidates", minimum, hasDraft ? ["Quick", "Careful", "Draft"] : ["Quick", "Careful"])),
            .. hasDraft ? [Agent("Draft", Input("x"))] : Array.Empty<GraphNode>(),
        ],
        "Select");

    private static GraphNode When(string name, string router, params string[] values) => When(name, router, values, 1);

    private static GraphNode When(string name, string router, string[] values, int replicas) => new(name, NodeKind.SubAgent, "string", [Input("x")])
    {
        Condition = new BranchCondition(router, values),
        MaxReplicas = replicas,
        MinReplicas = replicas,
    };
}
