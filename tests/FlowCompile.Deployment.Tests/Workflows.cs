using FlowCompile.Compilation;
using FlowCompile.Compilation.Tests;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Deployment.Tests;

/// <summary>Random workflows on several models, with all their configurations.</summary>
internal static class Workflows
{
    private const int MaxConfigurations = 400;

    /// <summary>A random workflow of few configurations whose settings are spread over three models.</summary>
    public static (ProfileTable Profile, BranchProbabilities Branches) Create(int seed)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (profile, branches) = RandomWorkflow.Create((seed * 1000) + attempt, maxAgents: 4);
            var spread = new ProfileTable(profile.Graph, profile.Graph.Nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent)
                .ToDictionary(pair => pair.node.Name, pair => (IReadOnlyList<SettingProfile>)[.. profile.Of(pair.i)
                    .Select(row => row with { Setting = new Setting($"m{(pair.i + row.Setting.Budget) % 3}", row.Setting.Budget) })]));
            if (Configurations(spread).Take(MaxConfigurations + 1).Count() is > 4 and <= MaxConfigurations)
            {
                return (spread, branches);
            }
        }
    }

    /// <summary>Every configuration with its estimate.</summary>
    public static IReadOnlyList<DeploymentCandidate> All(ProfileTable profile, IProxy proxy) => [.. Configurations(profile).Select((one, i) =>
        DeploymentCandidate.From(new WorkflowConfiguration($"all{i}", one.Structure, one.Settings, proxy.Estimate(one))))];

    private static IEnumerable<WorkflowConfiguration> Configurations(ProfileTable profile)
    {
        foreach (var structure in new StructureSpace(profile.Graph).Enumerate())
        {
            IEnumerable<Setting?[]> settings = [[]];
            for (var node = 0; node < profile.Graph.Nodes.Count; node++)
            {
                Setting?[] choices = structure.IsActive(node) && profile.Graph.Nodes[node].Kind == NodeKind.SubAgent
                    ? [.. profile.Of(node).Select(row => (Setting?)row.Setting)]
                    : [null];
                settings = settings.SelectMany(chosen => choices.Select(choice => (Setting?[])[.. chosen, choice]));
            }

            foreach (var chosen in settings)
            {
                yield return new WorkflowConfiguration("c", structure, chosen);
            }
        }
    }
}
