using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>No configuration of a plan keeps a preference's limits. The message says which limit, by how much, and what comes nearest.</summary>
public sealed class InfeasiblePreferenceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which limit, by how much, and what comes nearest.</param>
    /// <param name="nearest">The configuration that comes nearest.</param>
    public InfeasiblePreferenceException(string message, WorkflowConfiguration nearest)
        : base(message) => Nearest = nearest;

    /// <summary>The configuration that comes nearest to the limits.</summary>
    public WorkflowConfiguration Nearest { get; }
}
