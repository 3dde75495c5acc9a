using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>Every subset of failing models, on random plans, against trying every configuration.</summary>
public class RerouteOracleTests
{
    private static readonly string[] s_models = ["a", "b", "c", "d"];
    private static readonly WorkflowGraph s_graph = MathWorkflow.Graph;

    [Fact]
    public async Task Run_SucceedsExactlyWhenAConfigurationAvoidsTheFailingModels_WithTheBestOne()
    {
        var random = new Random(17);
        var rerouted = 0;
        for (var round = 0; round < 60; round++)
        {
            var plan = Plans.Random(random, s_models);
            var preference = Preference.Weighted(random.NextDouble());
            for (var subset = 0; subset < 1 << s_models.Length; subset++)
            {
                var failing = s_models.Where((_, i) => (subset >> i & 1) == 1).ToHashSet();
                var models = new NamedModels((model, prompt, _, _) =>
                    failing.Contains(model) ? throw new HttpRequestException("down") : Task.FromResult(prompt.Split(' ')[0]));
                var workflow = new MathWorkflow
                {
                    Models = models.Catalog(s_models),
                    Runtime = new WorkflowRuntime { Retries = 0, FailuresToBreak = int.MaxValue },
                };

                var expected = Expected(plan, preference, failing);
                var run = workflow.RunAsync("x", preference, new RunOptions { Plan = plan });

                if (expected[^1] is { } last)
                {
                    var result = await run;
                    Assert.Equal(expected.Select(one => one!.Id), [plan.Select(preference).Id, .. result.Reroutes.Select(reroute => reroute.To.Id)]);
                    Assert.Same(last, result.Configuration);
                    rerouted += result.Reroutes.Count;
                }
                else
                {
                    var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
                    Assert.DoesNotContain(plan.Configurations, configuration => Avoids(configuration, failing));
                    Assert.Equal(expected.Count - 2, error.Reroutes.Count);
                }

                Assert.Equal(0, models.Running);
            }
        }

        Assert.True(rerouted > 200, $"Only {rerouted} reroutes were tried.");
    }

    /// <summary>The configurations that the run goes through; at the end nothing where it fails.</summary>
    private static List<WorkflowConfiguration?> Expected(WorkflowPlan plan, Preference preference, HashSet<string> failing)
    {
        List<WorkflowConfiguration?> path = [plan.Select(preference)];
        var known = new HashSet<string>();
        while (path[^1] is { } current && !Avoids(current, failing))
        {
            var works = new Dictionary<int, bool>();
            for (var node = 0; node < s_graph.Nodes.Count; node++)
            {
                Works(node);
            }

            known.UnionWith(Enumerable.Range(0, s_graph.Nodes.Count)
                .Where(node => current.Settings[node] is { } setting && setting.Models.Any(failing.Contains) && Sources(current, node).All(Works))
                .Select(node => current.Settings[node]!.Value.First.Model));
            var done = Enumerable.Range(0, s_graph.Nodes.Count).Where(node => current.Settings[node] is not null && works[node]).ToList();
            var left = plan.Configurations.Where(configuration => Avoids(configuration, known)).ToList();
            var agreeing = left.Where(configuration => done.All(node =>
                configuration.Settings[node] is not null && Meaning(configuration, node) == Meaning(current, node))).ToList();
            path.Add((agreeing.Count > 0 ? agreeing : left).MaxBy(configuration => Value(plan, configuration, preference)));

            bool Works(int node)
            {
                if (node >= 0 && !works.ContainsKey(node))
                {
                    works[node] = (current.Settings[node] is not { } setting || !setting.Models.Any(failing.Contains)) && Sources(current, node).All(Works);
                }

                return node < 0 || works[node];
            }
        }

        return path;
    }

    private static IEnumerable<int> Sources(WorkflowConfiguration configuration, int node) => configuration.Structure.IsActive(node)
        ? s_graph.Nodes[node].Inputs.SelectMany(input => new StructureSpace(s_graph).ResolveSources(configuration.Structure, node, input))
        : [];

    // How many replicas run matters to who reads them, not to one of them.
    private static string Meaning(WorkflowConfiguration configuration, int node) => node < 0
        ? "input"
        : $"{node}={configuration.Settings[node]}"
            + $"[{string.Join(',', Sources(configuration, node).Select(source => $"{(source < 0 ? 1 : configuration.Structure.Counts[source])}*{Meaning(configuration, source)}"))}]";

    private static bool Avoids(WorkflowConfiguration configuration, HashSet<string> models) =>
        !configuration.Settings.Any(settings => settings is { } own && own.Models.Any(models.Contains));

    private static double Value(WorkflowPlan plan, WorkflowConfiguration configuration, Preference preference)
    {
        double Scaled(Func<Estimate, double> of)
        {
            var values = plan.Configurations.Select(one => of(one.Estimate!)).ToList();
            return values.Max() == values.Min() ? 0 : of(configuration.Estimate!) / (values.Max() - values.Min());
        }

        return (preference.Weight * Scaled(one => one.Accuracy)) - ((1 - preference.Weight) * Scaled(one => one.LatencySeconds));
    }
}
