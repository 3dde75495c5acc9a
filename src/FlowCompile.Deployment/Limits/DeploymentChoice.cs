namespace FlowCompile.Deployment;

/// <summary>One way to deploy: a configuration for each workflow, and the models they need.</summary>
public sealed record DeploymentChoice
{
    /// <summary>For each workflow, in the order given, its configuration.</summary>
    public required IReadOnlyList<DeploymentCandidate> Configurations { get; init; }

    /// <summary>The models in use, by name.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The GPU of each model in use that takes memory, where there are GPUs.</summary>
    public required IReadOnlyDictionary<string, string> Placement { get; init; }

    /// <summary>The expected accuracy of a run, the mean over all runs of all workflows.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean latency of a run in seconds, over all runs of all workflows.</summary>
    public required double LatencySeconds { get; init; }

    /// <summary>What all runs of a period cost together.</summary>
    public required double Spending { get; init; }
}
