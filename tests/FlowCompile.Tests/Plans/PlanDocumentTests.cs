using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Plans;

/// <summary>A plan is read without its graph: what it says is there, and what no plan can say is refused.</summary>
public sealed class PlanDocumentTests
{
    private static readonly WorkflowGraph s_graph = Graphs.Math();

    [Fact]
    public void It_says_what_the_plan_of_the_graph_says()
    {
        var plan = Plans.Math(s_graph);
        var document = Parse(Text());
        Assert.Equal((plan.Workflow, plan.GraphHash, plan.Proxy, plan.Schedule, plan.AccuracyLoss, plan.Folded, plan.FoldedLoss), (document.Workflow, document.GraphHash, document.Proxy, document.Schedule, document.AccuracyLoss, document.Folded, document.FoldedLoss));
        Assert.Equal(plan.Objectives, document.Objectives);
        Assert.Equal(plan.Provenance!.Models, document.Provenance!.Models);
        Assert.Equal(
            plan.Configurations.Select(one => (one.Id, one.Name, one.Estimate, one.ToText(s_graph))),
            document.Configurations.Select(one => (one.Id, one.Name, (Estimate?)one.Estimate, one.ToText())));
    }

    [Fact]
    public void A_preference_chooses_as_it_does_at_run_time()
    {
        var plan = Plans.Math(s_graph);
        var document = Parse(Text());
        foreach (var preference in new[] { Preference.Fastest, Preference.Balanced, Preference.MostAccurate, Preference.AtLeast(0.5) })
        {
            Assert.Equal(plan.Select(preference).Id, document.Select(preference).Id);
        }
    }

    [Fact]
    public void A_graph_that_nobody_knows_does_not_matter()
    {
        var document = Parse(Text().Replace("DetailedSolver", "Solver", StringComparison.Ordinal).Replace("sha256:", "sha256:0", StringComparison.Ordinal));
        Assert.Equal("Solver=nano@0", document.Configurations[0].ToText());
    }

    [Fact]
    public void A_count_of_0_says_what_its_absence_says_with_and_without_the_graph()
    {
        var without = Text();
        var with = without.Replace("\"DetailedSolver\": 1", "\"Programmer\": 0, \"DetailedSolver\": 1, \"Evaluate\": 0", StringComparison.Ordinal);
        Assert.NotEqual(without, with);

        var counts = Parse(with).Configurations.Select(one => one.Counts).ToList();
        Assert.Equal([["DetailedSolver"], ["DetailedSolver", "GenerateSolver", "Select"]], counts.Select(one => one.Keys.Order(StringComparer.Ordinal).ToArray()));
        Assert.Equal([1, 2], counts.Select(one => one.Values.Max()));
        Assert.Equal(Parse(without).Configurations.Select(one => one.ToText()), Parse(with).Configurations.Select(one => one.ToText()));
        Assert.Equal(without, Encoding.UTF8.GetString(PlanFile.Serialize(PlanFile.Parse(Encoding.UTF8.GetBytes(with), s_graph, "plan.json"), s_graph)));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 3", "plan.json(2): the plan has version 3, and this FlowCompile reads up to 2; update FlowCompile")]
    [InlineData("\"workflow\": \"math\"", "\"workflow\": 1", "plan.json(3): 'workflow' is the number 1; write a text")]
    [InlineData("\"DetailedSolver\": 1", "\"DetailedSolver\": -1", "the count of 'DetailedSolver' in the configuration 'c01' is -1; it is 0 or more")]
    [InlineData("\"DetailedSolver\": 1", "\"DetailedSolver\": 0", "the configuration 'c01' has a setting for the inactive 'DetailedSolver'")]
    [InlineData("\"c02\"", "\"c01\"", "the configuration 'c01' is there twice")]
    [InlineData("\"latencySeconds\": 0.001", "\"latencySeconds\": 9", "the configuration 'c02' is faster than the one before it")]
    public void What_cannot_be_is_refused_with_its_place(string old, string replacement, string expected)
    {
        var text = Text();
        Assert.Contains(old, text, StringComparison.Ordinal);
        var error = Assert.Throws<PlanException>(() => Parse(text.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static string Text() => Encoding.UTF8.GetString(PlanFile.Serialize(Plans.Math(s_graph), s_graph));

    private static PlanDocument Parse(string text) => PlanFile.ParseDocument(Encoding.UTF8.GetBytes(text), "plan.json");
}
