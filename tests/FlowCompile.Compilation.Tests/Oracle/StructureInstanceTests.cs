using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Small graphs whose counts once did not say what runs.</summary>
public class StructureInstanceTests
{
    /// <summary>With one replica of B the selector has two of three candidates and drops out: only C is left. Without, it hands A on.</summary>
    [Fact]
    public void A_selector_below_its_minimum_drops_and_the_plan_is_read()
    {
        var graph = GraphOf("Out", Agent("A"), Agent("B").With(replicas: (0, 2)), Any("Sel", 3, "A", "B"), Agent("C"), Any("Out", 1, "C", "Sel"));

        var plan = Plan(Means(graph, ("A", 0.9, 1), ("B", 0.9, 1), ("Sel", 0.9, 1), ("C", 0.5, 1), ("Out", 1, 1)), Schedule.Sequential);

        Assert.Equal([(0.5, 2), (0.95, 3)], plan);
    }

    /// <summary>One replica of G reaches Out through the selector, which hands it on: 1 - .1 * .5 in 3 s, and no more.</summary>
    [Fact]
    public void A_selector_hands_its_only_candidate_on()
    {
        var graph = GraphOf("Out", Agent("G").With(replicas: (1, 2)), Any("Sel", 2, "G").With(optional: true), Agent("C"), Any("Out", 1, "C", "Sel"));

        var plan = Plan(Means(graph, ("G", 0.9, 1), ("Sel", 0.9, 1), ("C", 0.5, 1), ("Out", 1, 1)), Schedule.Sequential);

        Assert.Equal([(0.5, 2), (0.95, 3)], plan);
    }

    /// <summary>Without B the tool has two of three candidates in every run and throws; with it, a copy of A is the third.</summary>
    [Fact]
    public void A_tool_keeps_its_minimum()
    {
        var graph = GraphOf(
            "Vote",
            Agent("A"),
            Tool("R"),
            Agent("E").With(when: When("R", "easy")),
            Agent("H").With(when: When("R")),
            Agent("B", "A").With(optional: true),
            AnyTool("Vote", 3, "A", "E", "H", "B"));

        var plan = Plan(
            Means(graph, ("A", 0.9, 1), ("E", 0.9, 1), ("H", 0.9, 1), ("B", 1, 1)), Schedule.Sequential, Returns("R", ("easy", 0.5), ("", 0.5)));

        Assert.Equal([(0, 2), (0.99, 3)], plan);
    }

    /// <summary>With one G the selector hands it on, before or after E in the list: that is one structure. With two G it is left out, or runs once or twice.</summary>
    [Fact]
    public void The_order_of_candidates_makes_no_structure()
    {
        var graph = GraphOf(
            "Out", Agent("G").With(replicas: (1, 2)), Any("Sel", 2, "G").With(replicas: (0, 2)), Agent("E"), Any("Out", 1, "Sel", "E", "G"));

        var structures = new StructureSpace(graph).Enumerate().Select(structure => structure.ToText(graph));

        Assert.Equal(["G E Out", "G*2 E Out", "G*2 Sel E Out", "G*2 Sel*2 E Out"], structures);
    }
}
