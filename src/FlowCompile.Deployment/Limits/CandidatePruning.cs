namespace FlowCompile.Deployment;

/// <summary>Drops the candidates that no limited deployment needs: another is no worse in accuracy, latency and cost, and needs no model besides.</summary>
internal static class CandidatePruning
{
    public static IReadOnlyList<DeploymentCandidate> Prune(DeploymentWorkflow workflow)
    {
        var names = workflow.Candidates.SelectMany(candidate => candidate.Models).Distinct().ToList();
        if (names.Count > 64)
        {
            throw new DeploymentException(FormattableString.Invariant($"Workflow '{workflow.Name}' has candidates on {names.Count} models; deployment limits take at most 64."));
        }

        // Whoever drops a candidate comes before it in this order, or is its equal in everything.
        var kept = new List<(DeploymentCandidate Candidate, ulong Models)>();
        foreach (var candidate in workflow.Candidates
            .Where(candidate => candidate.Estimate.Accuracy >= workflow.MinAccuracy && candidate.Estimate.LatencySeconds <= workflow.MaxLatencySeconds)
            .OrderBy(candidate => candidate.Estimate.LatencySeconds)
            .ThenByDescending(candidate => candidate.Estimate.Accuracy)
            .ThenBy(candidate => candidate.Estimate.Cost)
            .ThenBy(candidate => candidate.Models.Count)
            .ThenBy(candidate => candidate.Id, StringComparer.Ordinal))
        {
            var models = candidate.Models.Aggregate(0UL, (mask, model) => mask | (1UL << names.IndexOf(model)));
            if (!kept.Exists(other => (other.Models & ~models) == 0
                && other.Candidate.Estimate.Accuracy >= candidate.Estimate.Accuracy && other.Candidate.Estimate.Cost <= candidate.Estimate.Cost))
            {
                kept.Add((candidate, models));
            }
        }

        return [.. kept.Select(pair => pair.Candidate)];
    }
}
