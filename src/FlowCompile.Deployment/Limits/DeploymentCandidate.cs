using FlowCompile.Plans;

namespace FlowCompile.Deployment;

/// <summary>A configuration that a workflow could be deployed in.</summary>
/// <param name="Id">Its id, unique in its workflow.</param>
/// <param name="Models">The distinct models it uses.</param>
/// <param name="Estimate">What it is expected to do.</param>
public sealed record DeploymentCandidate(string Id, IReadOnlyList<string> Models, Estimate Estimate)
{
    /// <summary>The configuration itself, where it is one of a workflow's graph.</summary>
    public WorkflowConfiguration? Configuration { get; init; }

    /// <summary>Takes a configuration with an estimate.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="ArgumentException">It has no estimate.</exception>
    public static DeploymentCandidate From(WorkflowConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new DeploymentCandidate(
            configuration.Id,
            [.. configuration.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).Distinct().Order(StringComparer.Ordinal)],
            configuration.Estimate ?? throw new ArgumentException($"Configuration '{configuration.Id}' has no estimate.", nameof(configuration)))
        {
            Configuration = configuration,
        };
    }
}
