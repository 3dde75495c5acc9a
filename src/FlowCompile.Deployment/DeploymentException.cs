namespace FlowCompile.Deployment;

/// <summary>No deployment keeps the limits, or OR-Tools CP-SAT is not there or proved nothing in time. The message is one line: what is wrong and what to do.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">Why, where another exception says more.</param>
    public DeploymentException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" ").Trim(), innerException)
    {
    }

    /// <summary>Whether the native library of OR-Tools is not there, or there is none for this platform.</summary>
    public bool IsNotInstalled { get; init; }
}
