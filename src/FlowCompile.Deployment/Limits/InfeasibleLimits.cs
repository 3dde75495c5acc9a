namespace FlowCompile.Deployment;

/// <summary>Says which limit is in the way where no deployment keeps them all: each one without which there would be a deployment.</summary>
internal sealed class InfeasibleLimits(
    CpSatSolver solver, IReadOnlyList<DeploymentWorkflow> workflows, IReadOnlyList<IReadOnlyList<DeploymentCandidate>> candidates, DeploymentLimits limits)
{
    public async Task<DeploymentException> ExplainAsync(CancellationToken cancellationToken)
    {
        var culprits = new List<string>();
        foreach (var (name, without) in Relaxations())
        {
            if (await solver.SolveAsync(new DeploymentModel(workflows, candidates, without).Fastest(0), cancellationToken).ConfigureAwait(false) is not null)
            {
                culprits.Add(name);
            }
        }

        return new DeploymentException(culprits.Count > 0
            ? $"No deployment keeps all limits; relax {string.Join(" or ", culprits)}."
            : "No deployment keeps the limits, nor would one if a single limit were dropped; relax several.");
    }

    private IEnumerable<(string Name, DeploymentLimits Without)> Relaxations()
    {
        if (limits.MaxModels is { } models)
        {
            yield return (FormattableString.Invariant($"the limit of {models} {(models == 1 ? "model" : "models")}"), limits with { MaxModels = null });
        }

        if (limits.Gpus.Count > 0)
        {
            yield return ("the memory of the GPUs", limits with { Gpus = [], Memory = [] });
        }

        if (limits.MaxSpending is { } spending)
        {
            yield return (FormattableString.Invariant($"the spending limit of {spending}"), limits with { MaxSpending = null });
        }
    }
}
