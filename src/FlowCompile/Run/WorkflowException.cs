namespace FlowCompile;

/// <summary>A run that failed: the message names the workflow, the node and the setting; the inner exception says why.</summary>
public sealed class WorkflowException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, and where.</param>
    /// <param name="innerException">Why.</param>
    public WorkflowException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Every call that failed during the run, in order; those that were tried again included.</summary>
    public IReadOnlyList<CallFailure> Failures { get; init; } = [];

    /// <summary>The run's moves from one configuration to another, in order.</summary>
    public IReadOnlyList<Reroute> Reroutes { get; init; } = [];
}
