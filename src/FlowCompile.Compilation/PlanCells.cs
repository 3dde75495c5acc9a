using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>The rows of a profile that a plan keeps: those of the settings that its configurations have.</summary>
internal static class PlanCells
{
    public static IReadOnlyList<PlanCell> Of(ProfileTable profile, IReadOnlyList<WorkflowConfiguration> configurations) =>
    [
        .. profile.Graph.Nodes.SelectMany((node, index) => profile.Of(index)
            .Where(row => configurations.Any(configuration => configuration.Settings[index] is { } settings && settings.Contains(row.Setting)))
            .OrderBy(row => row.Setting.Model, StringComparer.Ordinal)
            .ThenBy(row => row.Setting.Budget)
            .Select(row => new PlanCell(node.Name, row.Setting, row.LatencySeconds, row.LatencyP95Seconds)
            {
                Accuracy = row.MeanScore,
                Tokens = row.GeneratedTokens,
                Samples = row.Samples,
            })),
    ];
}
