using FlowCompile.Settings;

namespace FlowCompile.Deployment;

/// <summary>A workflow of a deployment, and the configurations to choose from.</summary>
/// <remarks>
/// The plain frontier is not enough to choose from: the best configuration on two models can be dominated by one on three.
/// <see cref="FeasibleModelSets"/> gives the sets of models whose frontiers together are enough.
/// </remarks>
public sealed record DeploymentWorkflow
{
    /// <summary>The workflow's name, unique in the deployment.</summary>
    public required string Name { get; init; }

    /// <summary>The configurations to choose from, at least one.</summary>
    public required IReadOnlyList<DeploymentCandidate> Candidates { get; init; }

    /// <summary>How many times it runs in a period, for example a month (default 1): its weight in the means, and what its cost is multiplied by.</summary>
    public double Runs { get; init; } = 1;

    /// <summary>The least expected accuracy it may be deployed with, 0 to 1.</summary>
    public double MinAccuracy { get; init; }

    /// <summary>The largest mean latency it may be deployed with, in seconds.</summary>
    public double MaxLatencySeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Takes what <c>flowcompile.json</c> says of a workflow.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <param name="candidates">The configurations to choose from.</param>
    /// <param name="settings">The section <c>deployment</c>; <see langword="null"/> where there is none.</param>
    public static DeploymentWorkflow From(string name, IReadOnlyList<DeploymentCandidate> candidates, DeploymentSettings? settings)
    {
        var own = settings?.Workflows.FirstOrDefault(workflow => workflow.Name == name) ?? new DeployedWorkflowSettings(name);
        return new DeploymentWorkflow
        {
            Name = name,
            Candidates = candidates,
            Runs = own.Runs,
            MinAccuracy = own.MinAccuracy,
            MaxLatencySeconds = own.MaxLatencySeconds,
        };
    }

    internal void Check()
    {
        if (Runs is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The runs of workflow '{Name}' must be a number above 0.");
        }

        if (MinAccuracy is not (>= 0 and <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The least accuracy of workflow '{Name}' is {MinAccuracy}; it must be from 0 to 1 (90 % is 0.9)."));
        }

        if (!(MaxLatencySeconds >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"The largest latency of workflow '{Name}' is {MaxLatencySeconds} s; it must be 0 or more."));
        }

        foreach (var candidate in Candidates)
        {
            var estimate = candidate.Estimate;
            if (estimate.Accuracy is not (>= 0 and <= 1) || !(estimate.LatencySeconds >= 0) || !(estimate.Cost >= 0)
                || !double.IsFinite(estimate.LatencySeconds) || !double.IsFinite(estimate.Cost))
            {
                throw new ArgumentException($"The estimate of configuration '{candidate.Id}' of workflow '{Name}' is out of range.");
            }
        }
    }
}
