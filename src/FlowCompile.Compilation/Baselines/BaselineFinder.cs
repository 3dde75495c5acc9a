using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Finds the baselines of a workflow.</summary>
public static class BaselineFinder
{
    private const int Draws = 101;
    private const int Seed = 1;

    /// <summary>Finds the baselines of a profile's workflow.</summary>
    /// <param name="profile">The profile: only what was measured can be one.</param>
    /// <param name="proxy">What they are estimated with.</param>
    /// <returns>One of each kind, where there is one: no uniform configuration where the sub-agents share no setting, for example.</returns>
    public static IReadOnlyList<Baseline> Find(ProfileTable profile, IProxy proxy)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(proxy);
        var structures = RandomConfigurations.Measured(profile);
        return structures.Count == 0 ? [] : Find(profile, structures, proxy);
    }

    /// <summary>Finds the baselines.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="structures">The structures whose sub-agents were all measured.</param>
    /// <param name="proxy">What they are estimated with.</param>
    /// <returns>One of each kind, where there is one: no uniform configuration where the sub-agents share no setting, for example.</returns>
    internal static IReadOnlyList<Baseline> Find(ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, IProxy proxy)
    {
        int Calls(WorkflowStructure structure) => profile.Graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent ? structure.Counts[i] : 0).Sum();
        var largest = structures.MaxBy(Calls)!;
        var uniform = WidenPass.Uniform(profile, largest).Select(one => Estimate("uniform", one, proxy));
        var single = structures.Where(structure => Calls(structure) == 1).SelectMany(structure => WidenPass.Uniform(profile, structure)).Select(one => Estimate("single", one, proxy));
        var random = RandomConfigurations.Draw(profile, structures, Draws, Seed).Select(one => Estimate("random", new Candidate(one.Structure, [.. one.Settings]), proxy))
            .OrderBy(one => one.Estimate!.Accuracy).ToList();
        return
        [
            .. Best(uniform).Select(one => new Baseline(BaselineKind.BestUniform, one)),
            .. Best(single).Select(one => new Baseline(BaselineKind.BestSingle, one)),
            .. random.Skip(random.Count / 2).Take(1).Select(one => new Baseline(BaselineKind.Random, one)),
        ];
    }

    private static IEnumerable<WorkflowConfiguration> Best(IEnumerable<WorkflowConfiguration> configurations) =>
        configurations.OrderByDescending(one => one.Estimate!.Accuracy).ThenBy(one => one.Estimate!.LatencySeconds).Take(1);

    private static WorkflowConfiguration Estimate(string id, Candidate candidate, IProxy proxy)
    {
        var bare = new WorkflowConfiguration(id, candidate.Structure, candidate.Settings);
        return new WorkflowConfiguration(id, bare.Structure, bare.Settings, proxy.Estimate(bare));
    }
}
