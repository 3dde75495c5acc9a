using System.Text;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Workflows with selectors that make no call in some structures are compiled, and their plans can be read.</summary>
public sealed class StructureCompileTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 30)];

    /// <summary>C alone, .5 in 2 s; A or C, 1 - .1 x .5 in 3 s. All others are slower, and Sel over A and two B is right for .8991 of the time.</summary>
    [Fact]
    public void Selector_that_may_have_too_few_candidates_or_a_single_one()
    {
        var graph = new WorkflowGraph(
            "few",
            [Agent("A"), Replicas("B", 0, 2), Agent("Sel", FromAny(3, "A", "B")), Agent("C"), Agent("Out", FromAny(1, "C", "Sel"))],
            "Out");

        var plan = Compile(graph.Profile(("A", .9, 1), ("B", .9, 1), ("Sel", .9, 1), ("C", .5, 1), ("Out", 1, 1)));

        AssertPoints(plan, graph, (.5, 2, "C=m@0 Out=m@0"), (.95, 3, "A=m@0 C=m@0 Out=m@0"));
    }

    /// <summary>Kept with a single G, the optional selector hands it on: 1 - .1 x .5 in 3 s, where five calls are right for .9455 of the time.</summary>
    [Fact]
    public void Optional_selector_that_hands_its_only_candidate_on()
    {
        var graph = new WorkflowGraph(
            "kept",
            [Replicas("G", 1, 2), Optional("Sel", FromAny(2, "G")), Agent("C"), Agent("Out", FromAny(1, "C", "Sel"))],
            "Out");

        var plan = Compile(graph.Profile(("G", .9, 1), ("Sel", .9, 1), ("C", .5, 1), ("Out", 1, 1)));

        AssertPoints(plan, graph, (.5, 2, "C=m@0 Out=m@0"), (.95, 3, "G=m@0 C=m@0 Out=m@0"));
    }

    [Fact]
    public void Structures_with_the_same_calls_are_explained_by_what_is_in_parentheses()
    {
        var graph = new WorkflowGraph(
            "aside",
            [Agent("G"), Optional("Sel", FromAny(2, "G")), Agent("D", From("G")), Agent("Out", FromAny(1, "D", "Sel"))],
            "Out");
        var profile = graph.Profile(("G", .8, 1), ("Sel", 1, 1), ("D", .5, 1), ("Out", 1, 1));
        var explainer = Explainer(profile, out var compiled);

        // Out is right where G is, and not only where D is too.
        AssertPoints(compiled.Plan, graph, (.8, 3, "G=m@0 (Sel) D=m@0 Out=m@0"));
        Assert.Equal(ConfigurationVerdict.OnFrontier, explainer.Explain("Out=m@0 (Sel) D=m@0 G=m@0").Verdict);
        var without = explainer.Explain("G=m@0 D=m@0 Out=m@0");
        Assert.Equal((ConfigurationVerdict.Dominated, .4), (without.Verdict, without.Configuration!.Estimate!.Accuracy));
        Assert.Contains("'Sel' does not run in it", explainer.Explain("G=m@0 Sel=m@0 D=m@0 Out=m@0").Reasons[0], StringComparison.Ordinal);
        Assert.Contains("no node 'Sell'", Assert.Throws<CompileException>(() => explainer.Explain("G=m@0 (Sell)")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_graphs_compile_and_their_plans_are_read_as_written(int seed)
    {
        for (var part = 0; part < 10; part++)
        {
            CheckOne((seed * 10) + part);
        }
    }

    private static void CheckOne(int seed)
    {
        var graph = RandomGraph.Create(seed, mostChoices: 400);
        var random = new Random(seed);
        var profile = new ProfileTable(graph, graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent).ToDictionary(
            node => node.Name,
            _ => (IReadOnlyList<SettingProfile>)[.. Enumerable.Range(0, random.Next(1, 3)).Select(budget =>
                new SettingProfile(new Setting("m", budget), random.Next(0, 21) / 20.0, random.Next(1, 9) / 4.0, 0, 1))]));
        if (!new StructureSpace(graph).Enumerate().Any(structure => Enumerable.Range(0, graph.Nodes.Count).Any(node => graph.Nodes[node].Kind == NodeKind.SubAgent && structure.IsCalled(node))))
        {
            return;
        }

        var explainer = Explainer(profile, out var compiled);
        AssertReadable(compiled.Plan, graph);
        Assert.All(compiled.Plan.Configurations, one => Assert.Equal((seed, one.Id, ConfigurationVerdict.OnFrontier), (seed, explainer.Explain(one.ToText(graph)).Configuration!.Id, explainer.Explain(one.ToText(graph)).Verdict)));

        // The same on recorded calls.
        if (seed % 5 == 0)
        {
            AssertReadable(FlowCompiler.Compile(new RandomRecords(graph, seed, cases: 3, settings: 1).Profile, new CompileOptions()).Plan, graph);
        }
    }

    private static WorkflowPlan Compile(ProfileTable profile) => FlowCompiler.Compile(profile, new CompileOptions { Schedule = Schedule.Sequential }).Plan;

    private static FrontierExplainer Explainer(ProfileTable profile, out CompiledFrontier compiled)
    {
        var options = new CompileOptions { Schedule = Schedule.Sequential };
        compiled = FlowCompiler.Compile(profile, options);
        return new FrontierExplainer(profile, options, compiled);
    }

    private static void AssertPoints(WorkflowPlan plan, WorkflowGraph graph, params (double Accuracy, double Latency, string Text)[] expected)
    {
        Assert.Equal(
            expected.Select(point => (Math.Round(point.Accuracy, 9), Math.Round(point.Latency, 9))),
            plan.Configurations.Select(one => (Math.Round(one.Estimate!.Accuracy, 9), Math.Round(one.Estimate.LatencySeconds, 9))));
        Assert.Equal(expected.Select(point => point.Text), plan.Configurations.Select(one => one.ToText(graph)));
        AssertReadable(plan, graph);
    }

    private static void AssertReadable(WorkflowPlan plan, WorkflowGraph graph)
    {
        var written = PlanFile.Serialize(plan, graph);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(PlanFile.Serialize(PlanFile.Parse(written, graph, "random.flowplan.json"), graph)));
        Assert.Equal(plan.Configurations.Count, plan.Configurations.Select(one => one.ToText(graph)).Distinct(StringComparer.Ordinal).Count());
    }
}
