using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Where formulas that take every part for independent go wrong, and what is right.</summary>
public sealed class SharedNodeTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void A_diamond_counts_its_upstream_once()
    {
        var graph = new WorkflowGraph("diamond", [Agent("A"), Agent("B", From("A")), Agent("C", From("A")), Agent("D", From("B"), From("C"))], "D");
        Assert.Equal(0.4788, Accuracy(graph, ("A", 0.9), ("B", 0.8), ("C", 0.7), ("D", 0.95)), Tolerance);
    }

    [Fact]
    public void Two_candidates_with_one_upstream_cannot_be_right_without_it()
    {
        var graph = new WorkflowGraph(
            "fork", [Agent("A"), Agent("B", From("A")), Agent("C", From("A")), Agent("D", FromAny(1, "B", "C"))], "D");
        Assert.Equal(0.5, Accuracy(graph, ("A", 0.5), ("B", 1), ("C", 1), ("D", 1)), Tolerance);
    }

    [Fact]
    public void A_value_taken_out_of_an_output_is_as_right_as_the_output()
    {
        var graph = new WorkflowGraph("field", [Agent("A"), Tool("Text", From("A")), Agent("B", From("Text"))], "B");
        Assert.Equal(0.45, Accuracy(graph, ("A", 0.5), ("B", 0.9)), Tolerance);
    }

    [Fact]
    public void A_node_after_a_repair_loop_counts()
    {
        var graph = new WorkflowGraph(
            "after", [Agent("A"), Test("T", "A"), Repairer("F", "T", "A", 2, 2), Agent("G", From("F"))], "G");
        Assert.Equal(0.09, Accuracy(graph, ("A", 0.6), ("F", 0.5), ("G", 0.1)), Tolerance);
    }

    [Fact]
    public void Candidates_of_candidates_are_candidates()
    {
        var graph = new WorkflowGraph(
            "nested", [Agent("A"), Agent("B"), Tool("X", FromAny(1, "A")), Tool("Y", FromAny(1, "B")), Tool("Z", FromAny(1, "X", "Y"))], "Z");
        Assert.Equal(0.75, Accuracy(graph, ("A", 0.5), ("B", 0.5)), Tolerance);
    }

    [Fact]
    public void A_repairer_that_needs_a_wrong_plan_makes_all_its_attempts_in_vain()
    {
        var graph = new WorkflowGraph(
            "plan", [Agent("P"), Agent("A"), Test("T", "A"), Repairer("F", "T", "A", 3, 3, From("P"))], "F");
        var estimate = Configurations.Estimate(graph.Profile(("P", 0.5, 0), ("A", 0.6, 0), ("F", 0.5, 1)));
        Assert.Equal(0.6 + (0.4 * 0.5 * 0.875), estimate.Accuracy, Tolerance);
        Assert.Equal((0.4 * 0.5 * 1.75) + (0.4 * 0.5 * 3), estimate.LatencySeconds, Tolerance);
    }

    [Theory]
    [InlineData(0.7, 0.5, 2, 0.45)]
    [InlineData(0, 1, 3, 1)]
    [InlineData(0, 0, 3, 3)]
    [InlineData(1, 0.3, 3, 0)]
    [InlineData(0.66, 0.41, 1, 0.34)]
    [InlineData(0.66, 0.41, 3, 0.658954)]
    [InlineData(0.25, 0.2, 4, 2.214)]
    public void A_repair_loop_makes_the_expected_attempts(double before, double fix, int attempts, double expected)
    {
        var graph = new WorkflowGraph("loop", [Agent("A"), Test("T", "A"), Repairer("F", "T", "A", attempts, attempts)], "F");
        Assert.Equal(expected, Configurations.Estimate(graph.Profile(("A", before, 0), ("F", fix, 1))).LatencySeconds, Tolerance);
    }

    private static double Accuracy(WorkflowGraph graph, params (string Node, double Accuracy)[] rows) =>
        Configurations.Estimate(graph.Profile([.. rows.Select(row => (row.Node, row.Accuracy, 1.0))])).Accuracy;
}
