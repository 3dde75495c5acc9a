using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Fronts that are not exact: what they say they lose is what they may lose.</summary>
public sealed class ThinningTests
{
    private const double Loss = 0.001;

    [Theory]
    [InlineData(Objectives.Accuracy | Objectives.Latency, 9, 24)]
    [InlineData(Objectives.Accuracy | Objectives.Latency | Objectives.Cost, 5, 18)]
    public void A_thinned_front_has_a_point_near_every_point_of_the_exact_one(Objectives objectives, int agents, int settings)
    {
        var rows = RandomRows(agents, settings);
        var terms = new TermPool(Schedule.Sequential);
        var left = terms.Series(terms.Series(terms.Calls(0, 1), terms.Calls(1, 1)), terms.Calls(2, 1));
        var right = terms.Either(terms.Calls(3, 2), terms.Calls(4, 1));
        var term = Enumerable.Range(5, agents - 5).Aggregate(terms.Either(left, right), (whole, node) => terms.Series(whole, terms.Calls(node, 1)));
        var combiner = new FrontCombiner(Schedule.Sequential, objectives);

        var exact = new TermSolver(combiner, Schedule.Sequential, rows).Solve(term);
        var thinned = new TermSolver(combiner, Schedule.Sequential, rows, ThinningPlan.Create([term], rows, Loss)).Solve(term);

        Assert.InRange(thinned.Loss, double.Epsilon, Loss);
        Assert.True(thinned.Count < exact.Count, $"{thinned.Count} of {exact.Count}");
        Assert.All(exact.Points, point => Assert.Contains(thinned.Points, other =>
            other.Primary <= point.Primary && other.Accuracy >= point.Accuracy - thinned.Loss && (combiner.Quantities == 1 || other.Secondary <= point.Secondary)));
    }

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    public void A_chain_of_forty_sub_agents_with_a_hundred_settings_each_is_compiled_within_the_loss_allowed(Schedule schedule)
    {
        var nodes = Enumerable.Range(0, 40).Select(i => i == 0 ? Agent("N0") : Agent($"N{i}", From($"N{i - 1}"))).ToList();
        var graph = new WorkflowGraph("chain", nodes, "N39");
        var rows = RandomRows(40, 100);
        var profile = new ProfileTable(graph, nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => rows[pair.i]));

        var compiled = FlowCompiler.Compile(profile, new CompileOptions { Schedule = schedule, MaxAccuracyLoss = Loss });

        Assert.InRange(compiled.AccuracyLoss!.Value, double.Epsilon, Loss);
        AssertNothingIsMissed(profile, compiled, schedule);
    }

    [Fact]
    public void An_entangled_graph_with_many_settings_says_how_exact_its_frontier_is()
    {
        string[] first = ["A", "B", "C"];
        var nodes = first.Select(name => Agent(name)).Concat(
        [
            Agent("D", From("A"), From("B")), Agent("E", From("B"), From("C")), Agent("F", From("A"), From("C")),
            Agent("G", FromAny(1, "D", "E")), Agent("H", FromAny(1, "E", "F")), Agent("I", FromAny(1, "D", "F")), Agent("J", FromAny(1, "G", "H", "I")),
        ]).ToList();
        var graph = new WorkflowGraph("knot", nodes, "J");
        var rows = RandomRows(nodes.Count, 40);
        var profile = new ProfileTable(graph, nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => rows[pair.i]));

        var compiled = FlowCompiler.Compile(profile);

        Assert.True(compiled.AccuracyLoss > 0);
        Assert.Contains(compiled.Steps, step => step.Pass == "compose" && step.Text.Contains("to within", StringComparison.Ordinal));
        AssertNothingIsMissed(profile, compiled, Schedule.Parallel);
    }

    // For any configuration, one in the plan is as fast and less accurate by no more than it says.
    private static void AssertNothingIsMissed(ProfileTable profile, CompiledFrontier compiled, Schedule schedule)
    {
        var random = new Random(3);
        var proxy = new IndependentProxy(profile, schedule);
        var structure = new StructureSpace(profile.Graph).Largest;
        for (var i = 0; i < 500; i++)
        {
            // Mostly good rows: random ones are far from any frontier.
            var settings = profile.Graph.Nodes.Select((_, node) => profile.Of(node)).Select(rows => (Setting?)(
                i % 2 == 0 ? rows[random.Next(rows.Count)] : rows.MaxBy(row => row.Accuracy - (row.LatencySeconds * random.NextDouble() * 0.02))).Setting).ToList();
            var estimate = proxy.Estimate(new Plans.WorkflowConfiguration("c", structure, settings));
            Assert.Contains(compiled.Plan.Configurations, one => one.Estimate!.LatencySeconds <= estimate.LatencySeconds + 1e-9
                && one.Estimate.Accuracy >= estimate.Accuracy - compiled.AccuracyLoss!.Value - 1e-9);
        }
    }

    private static IReadOnlyList<SettingProfile>[] RandomRows(int agents, int settings)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, agents).Select(_ => (IReadOnlyList<SettingProfile>)[.. Enumerable.Range(0, settings).Select(budget =>
        {
            var latency = 0.05 * Math.Exp(5 * random.NextDouble());
            var accuracy = Math.Clamp(0.75 + (0.04 * Math.Log(latency / 0.05)) - (0.02 * random.NextDouble()), 0, 1);
            return new SettingProfile(new Setting("m", budget), accuracy, latency, random.NextDouble(), 100);
        })])];
    }
}
