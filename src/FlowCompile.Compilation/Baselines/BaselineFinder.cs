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
    /// <returns>
    /// One of each kind, where there is one (no uniform configuration where the sub-agents share no setting, for example) and where it is known:
    /// <see cref="FindUnmeasured"/> names the others.
    /// </returns>
    public static IReadOnlyList<Baseline> Find(ProfileTable profile, IProxy proxy)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(proxy);
        var structures = RandomConfigurations.Measured(profile);
        var unknown = BaselineGaps.Of(profile).Select(one => one.Kind).ToHashSet();
        return structures.Count == 0 ? [] : [.. Find(profile, structures, proxy).Where(one => !unknown.Contains(one.Kind))];
    }

    /// <summary>
    /// Names the baselines that a profile does not know, for a setting that belongs to them was not measured to the end: a race dropped it, its calls
    /// failed, or it was added later. The best of what is left would flatter every plan that is compared with it.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <returns>One of each kind at most.</returns>
    public static IReadOnlyList<UnmeasuredBaseline> FindUnmeasured(ProfileTable profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return BaselineGaps.Of(profile);
    }

    private static IReadOnlyList<Baseline> Find(ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, IProxy proxy)
    {
        int Calls(WorkflowStructure structure) => profile.Graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && structure.IsCalled(i) ? structure.Counts[i] : 0).Sum();
        var largest = structures.MaxBy(Calls)!;
        var uniform = WidenPass.Uniform(profile, largest).Select(one => Rate(one, proxy));
        var single = structures.Where(structure => Calls(structure) == 1).SelectMany(structure => WidenPass.Uniform(profile, structure)).Select(one => Rate(one, proxy));
        var random = RandomConfigurations.Draw(profile, structures, Draws, Seed).Select(one => Rate(new Candidate(one.Structure, [.. one.Settings]), proxy))
            .OrderBy(one => one.Accuracy).ToList();
        return
        [
            .. Best(uniform).Select(one => new Baseline(BaselineKind.BestUniform, Estimate("uniform", one.Candidate, proxy))),
            .. Best(single).Select(one => new Baseline(BaselineKind.BestSingle, Estimate("single", one.Candidate, proxy))),
            .. random.Skip(random.Count / 2).Take(1).Select(one => new Baseline(BaselineKind.Random, Estimate("random", one.Candidate, proxy))),
        ];
    }

    private static IEnumerable<(Candidate Candidate, double Accuracy, double Latency)> Best(IEnumerable<(Candidate Candidate, double Accuracy, double Latency)> rated) =>
        rated.OrderByDescending(one => one.Accuracy).ThenBy(one => one.Latency).Take(1);

    // Intervals and quantiles take longer than all else; only what is shown needs them.
    private static (Candidate Candidate, double Accuracy, double Latency) Rate(Candidate candidate, IProxy proxy)
    {
        if (proxy is PairedProxy paired)
        {
            var means = paired.Evaluate(candidate.Structure, candidate.Settings);
            return (candidate, Math.Clamp(means.Accuracy, 0, 1), means.Latency);
        }

        var estimate = proxy.Estimate(new WorkflowConfiguration("c", candidate.Structure, candidate.Settings));
        return (candidate, estimate.Accuracy, estimate.LatencySeconds);
    }

    private static WorkflowConfiguration Estimate(string id, Candidate candidate, IProxy proxy)
    {
        var bare = new WorkflowConfiguration(id, candidate.Structure, candidate.Settings);
        return new WorkflowConfiguration(id, bare.Structure, bare.Settings, proxy.Estimate(bare));
    }
}
