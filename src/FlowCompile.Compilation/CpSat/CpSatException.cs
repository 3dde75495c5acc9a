namespace FlowCompile.Compilation.CpSat;

/// <summary>CP-SAT is not there, did not answer, or found no answer. The message is one line: what is wrong and what to do.</summary>
public sealed class CpSatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">Why, where another exception says more.</param>
    public CpSatException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" ").Trim(), innerException)
    {
    }

    /// <summary>Whether OR-Tools, or Node.js to run it, has to be installed first.</summary>
    public bool IsNotInstalled { get; init; }
}
