namespace FlowCompile.Deployment;

/// <summary>Checks what a deployment is to be found for.</summary>
internal static class DeploymentInput
{
    /// <returns>For each workflow the candidates worth choosing from.</returns>
    public static IReadOnlyList<IReadOnlyList<DeploymentCandidate>> Check(IReadOnlyList<DeploymentWorkflow> workflows, DeploymentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        ArgumentNullException.ThrowIfNull(limits);
        limits.Check();
        if (workflows.Count == 0 || workflows.DistinctBy(workflow => workflow.Name).Count() < workflows.Count)
        {
            throw new ArgumentException("A deployment needs at least one workflow, each under a name of its own.", nameof(workflows));
        }

        var candidates = new List<IReadOnlyList<DeploymentCandidate>>();
        foreach (var workflow in workflows)
        {
            workflow.Check();
            candidates.Add(CandidatePruning.Prune(workflow));
            if (candidates[^1].Count == 0)
            {
                throw new DeploymentException(FormattableString.Invariant(
                    $"No configuration of workflow '{workflow.Name}' has an accuracy of at least {workflow.MinAccuracy} within {workflow.MaxLatencySeconds} s; relax one of the two."));
            }
        }

        return candidates;
    }
}
