using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests;

internal static class Configurations
{
    /// <summary>The configuration in which every active sub-agent has its first setting.</summary>
    public static WorkflowConfiguration Uniform(ProfileTable profile, WorkflowStructure structure) => new("c", structure,
        [.. profile.Graph.Nodes.Select((node, i) => structure.IsActive(i) && node.Kind == NodeKind.SubAgent ? profile.Of(i)[0].Setting : (Setting?)null)]);

    /// <summary>The estimate of the largest structure under the only setting.</summary>
    public static Estimate Estimate(ProfileTable profile, Schedule schedule = Schedule.Sequential, BranchProbabilities? branches = null) =>
        new IndependentProxy(profile, schedule, branches).Estimate(Uniform(profile, new StructureSpace(profile.Graph).Largest));
}
