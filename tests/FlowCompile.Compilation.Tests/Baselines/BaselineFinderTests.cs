using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests;

/// <summary>Baselines are found by means alone; they are those that whole estimates would choose.</summary>
public sealed class BaselineFinderTests
{
    [Fact]
    public void Baselines_are_those_that_estimates_of_all_would_choose()
    {
        var found = new HashSet<BaselineKind>();
        for (var seed = 0; seed < 60; seed++)
        {
            var graph = RandomWorkflow.Create(seed, maxAgents: 4).Profile.Graph;
            var profile = new RandomRecords(graph, seed, cases: 6, settings: 2).Profile;
            foreach (var proxy in new IProxy[] { new PairedProxy(profile.Recorded!, Schedule.Parallel), new IndependentProxy(profile, Schedule.Sequential) })
            {
                var expected = Expected(profile, proxy).ToList();
                var actual = BaselineFinder.Find(profile, proxy);
                Assert.Equal(expected.Select(one => one.Kind), actual.Select(one => one.Kind));
                Assert.Equal(expected.Select(one => one.Configuration.ToText(graph)), actual.Select(one => one.Configuration.ToText(graph)));
                Assert.Equal(expected.Select(one => one.Configuration.Estimate), actual.Select(one => one.Configuration.Estimate));
                found.UnionWith(actual.Select(one => one.Kind));
            }
        }

        Assert.Equal(Enum.GetValues<BaselineKind>(), found.Order());
    }

    private static IEnumerable<(BaselineKind Kind, WorkflowConfiguration Configuration)> Expected(ProfileTable profile, IProxy proxy)
    {
        var graph = profile.Graph;
        var structures = RandomConfigurations.Measured(profile);
        if (structures.Count == 0)
        {
            yield break;
        }

        int Calls(WorkflowStructure structure) => structure.Counts.Index().Sum(count => graph.Nodes[count.Index].Kind == NodeKind.SubAgent ? count.Item : 0);
        WorkflowConfiguration Whole(WorkflowConfiguration one) => new(one.Id, one.Structure, one.Settings, proxy.Estimate(one));
        IEnumerable<WorkflowConfiguration> Uniform(WorkflowStructure structure) => WidenPass.Uniform(profile, structure).Select(one => Whole(new WorkflowConfiguration("c", one.Structure, one.Settings)));
        WorkflowConfiguration? Best(IEnumerable<WorkflowConfiguration> all) => all.OrderByDescending(one => one.Estimate!.Accuracy).ThenBy(one => one.Estimate!.LatencySeconds).FirstOrDefault();
        if (Best(Uniform(structures.MaxBy(Calls)!)) is { } uniform)
        {
            yield return (BaselineKind.BestUniform, uniform);
        }

        if (Best(structures.Where(structure => Calls(structure) == 1).SelectMany(Uniform)) is { } single)
        {
            yield return (BaselineKind.BestSingle, single);
        }

        var random = RandomConfigurations.Draw(profile, 101).Select(Whole).OrderBy(one => one.Estimate!.Accuracy).ToList();
        yield return (BaselineKind.Random, random[random.Count / 2]);
    }
}
