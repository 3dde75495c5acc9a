using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Draws configurations: every structure is equally likely, and so is every setting of each of its sub-agents.</summary>
public static class RandomConfigurations
{
    private const int Tries = 20;

    /// <summary>Draws configurations of a profile's workflow.</summary>
    /// <param name="profile">The profile: only what was measured is drawn.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same configurations.</param>
    /// <returns>Different configurations, <c>random-01</c> and so on; fewer where there are not so many.</returns>
    public static IReadOnlyList<WorkflowConfiguration> Draw(ProfileTable profile, int count, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Draw(profile, Measured(profile), count, seed);
    }

    /// <summary>The structures whose sub-agents were all measured.</summary>
    internal static IReadOnlyList<WorkflowStructure> Measured(ProfileTable profile)
    {
        int[] agents = [.. Enumerable.Range(0, profile.Graph.Nodes.Count).Where(node => profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)];
        return [.. new StructureSpace(profile.Graph).Enumerate().Where(structure =>
            agents.Any(structure.IsCalled) && agents.Where(structure.IsCalled).All(node => profile.Of(node).Count > 0))];
    }

    internal static IReadOnlyList<WorkflowConfiguration> Draw(ProfileTable profile, IReadOnlyList<WorkflowStructure> structures, int count, int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var drawn = new List<WorkflowConfiguration>();
        for (var tries = 0; structures.Count > 0 && drawn.Count < count && tries < Tries * count; tries++)
        {
            var structure = structures[random.Next(structures.Count)];
            var candidate = new Candidate(structure, [.. profile.Graph.Nodes.Select((node, i) =>
                structure.IsCalled(i) && node.Kind == NodeKind.SubAgent ? profile.Of(i)[random.Next(profile.Of(i).Count)].Setting : (CallSettings?)null)]);
            if (seen.Add(candidate.Key()))
            {
                drawn.Add(new WorkflowConfiguration(FormattableString.Invariant($"random-{drawn.Count + 1:00}"), structure, candidate.Settings));
            }
        }

        return drawn;
    }
}
