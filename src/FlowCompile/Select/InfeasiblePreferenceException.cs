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

    /// <summary>
    /// The configuration that comes nearest to the limits: the one that misses them by the least in sum, each miss in parts of the range that
    /// the plan's configurations have. One that misses a limit for not being measured comes after all that were.
    /// </summary>
    public WorkflowConfiguration Nearest { get; }

    /// <summary>The limits that <see cref="Nearest"/> misses; none where it keeps them and may not be used.</summary>
    public IReadOnlyList<LimitMiss> Misses { get; init; } = [];
}
