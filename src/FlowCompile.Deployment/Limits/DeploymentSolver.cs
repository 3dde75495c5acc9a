namespace FlowCompile.Deployment;

/// <summary>Finds the best deployments of one or several workflows that keep limits on the whole, with OR-Tools CP-SAT.</summary>
/// <param name="options">How long CP-SAT may take; <see langword="null"/> for the defaults.</param>
public sealed class DeploymentSolver(CpSatOptions? options = null)
{
    // Presolve took most of the time of a solve on up to three workflows of 100 candidates; the README of the benchmark has the figures.
    private readonly CpSatSolver _solver = new(options, presolve: false);

    /// <summary>The number of models that CP-SAT has solved.</summary>
    public int Solved => _solver.Solved;

    /// <summary>
    /// Finds the frontier of deployments, fastest first: no other that keeps the limits is at least as accurate and as fast and better in
    /// one of the two. Accuracy and latency are means over all runs of all workflows. Exact to a 2^30th (a billionth) of the
    /// largest accuracy and latency; of deployments equal in both, one with the fewest models is there.
    /// </summary>
    /// <param name="workflows">The workflows with their candidates.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="accuracyStep">
    /// 0 (the default) for the whole frontier; above 0 a part of it, of which one is as fast as any deployment and less accurate by less
    /// than this.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">Workflows or limits are out of range.</exception>
    /// <exception cref="DeploymentException">CP-SAT is not there or proved nothing in time, or no deployment keeps the limits; the message says which limit is in the way.</exception>
    public async Task<IReadOnlyList<DeploymentChoice>> FindFrontierAsync(
        IReadOnlyList<DeploymentWorkflow> workflows, DeploymentLimits limits, double accuracyStep = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(accuracyStep is >= 0 and <= 1, true, nameof(accuracyStep));
        var candidates = DeploymentInput.Check(workflows, limits);
        var model = new DeploymentModel(workflows, candidates, limits);

        // Two totals that are equal can come out as far apart as they have rounded terms; no such difference counts.
        var slack = workflows.Count;
        var step = Math.Max(slack + 1, DeploymentModel.ToUnits(accuracyStep));
        var frontier = new List<DeploymentChoice>();
        var least = 0L;
        while (await _solver.SolveAsync(model.Fastest(least), cancellationToken).ConfigureAwait(false) is { } fastest)
        {
            var best = await _solver.SolveAsync(model.MostAccurate(model.LatencyOf(fastest) + slack), cancellationToken).ConfigureAwait(false)
                ?? throw new DeploymentException("CP-SAT contradicts itself: it found a deployment and then none; see that OR-Tools is as it was installed.");
            frontier.Add(model.Read(best));
            least = model.AccuracyOf(best) + step;
        }

        return frontier.Count > 0 ? frontier : throw await new InfeasibleLimits(_solver, workflows, candidates, limits).ExplainAsync(cancellationToken).ConfigureAwait(false);
    }
}
