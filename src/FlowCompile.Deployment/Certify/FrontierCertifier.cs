using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Deployment;

/// <summary>
/// Proves with OR-Tools CP-SAT that nothing beats a frontier under the independent proxy: between any two neighbouring points, and beyond
/// the last, no choice of structure and settings is more accurate and as fast. The proof knows neither decomposition nor pruning. It is
/// meant for workflows of a few structures and settings; it takes a model for each structure and point.
/// </summary>
/// <param name="options">How long CP-SAT may take; <see langword="null"/> for the defaults.</param>
public sealed class FrontierCertifier(CpSatOptions? options = null)
{
    private const double Tolerance = 1e-9;
    private readonly CpSatSolver _solver = new(options);

    /// <summary>Looks for configurations that a frontier misses.</summary>
    /// <param name="profile">The profile of the sub-agents.</param>
    /// <param name="frontier">The estimates of the frontier's configurations, fastest first.</param>
    /// <param name="options">What it was compiled for, under the sequential or parallel schedule.</param>
    /// <param name="limits">The limits it keeps; there can be none on spending.</param>
    /// <param name="cancellationToken">Ends the proof.</param>
    /// <returns>
    /// Configurations that no point of the frontier dominates or equals, with their estimates; none where it is proven that there is none.
    /// The proof is in integers: what is better by less than about 0.0001 in accuracy or in latency may go unseen.
    /// </returns>
    /// <exception cref="DeploymentException">CP-SAT is not there, or proved nothing in time.</exception>
    public async Task<IReadOnlyList<WorkflowConfiguration>> FindMissingAsync(
        ProfileTable profile, IReadOnlyList<Estimate> frontier, CompileOptions options, DeploymentLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(frontier);
        ArgumentNullException.ThrowIfNull(options);
        limits ??= DeploymentLimits.None;
        limits.Check();
        if (limits.MaxSpending is not null || options.Schedule == Schedule.Superstep)
        {
            throw new ArgumentException("Neither a spending limit nor the superstep schedule can be certified.");
        }

        var proxy = new IndependentProxy(profile, options.Schedule, options.Branches ?? profile.Branches);
        var calls = new CallOptions(profile, options.SettingPerCall);
        var missing = new List<WorkflowConfiguration>();
        foreach (var structure in new StructureSpace(profile.Graph).Enumerate().Where(structure => IsMeasured(profile, structure)))
        {
            var model = new SettingsModel(profile, structure, options.Schedule, options.Branches ?? profile.Branches, limits, calls);
            for (var i = -1; i < frontier.Count; i++)
            {
                var accuracy = i < 0 ? 0 : frontier[i].Accuracy + model.AccuracyTolerance;
                var slowest = i + 1 < frontier.Count ? frontier[i + 1].LatencySeconds : double.PositiveInfinity;
                if (await _solver.SolveAsync(model.Fastest(accuracy), cancellationToken).ConfigureAwait(false) is not { } fastest)
                {
                    break; // nor is there one of a higher accuracy
                }

                if (model.LatencyOf(fastest) < slowest - model.LatencyTolerance && Beats(model.SettingsOf(fastest)) is { } better)
                {
                    missing.Add(better);
                }
            }

            WorkflowConfiguration? Beats(CallSettings?[] settings)
            {
                var id = FormattableString.Invariant($"missing{missing.Count + 1}");
                var configuration = new WorkflowConfiguration(id, structure, settings);
                var estimate = proxy.Estimate(configuration);
                return frontier.Any(point => point.Accuracy >= estimate.Accuracy - Tolerance && point.LatencySeconds <= estimate.LatencySeconds + Tolerance)
                    ? null
                    : new WorkflowConfiguration(id, structure, settings, estimate);
            }
        }

        return missing;
    }

    private static bool IsMeasured(ProfileTable profile, WorkflowStructure structure) => Enumerable.Range(0, profile.Graph.Nodes.Count)
        .All(node => !structure.IsCalled(node) || profile.Graph.Nodes[node].Kind == NodeKind.Tool || profile.Of(node).Count > 0);
}
