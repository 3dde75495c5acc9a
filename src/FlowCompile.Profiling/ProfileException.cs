namespace FlowCompile.Profiling;

/// <summary>A profile that cannot be made, read or kept. The message is one line: what is wrong, where, and what to do.</summary>
public sealed class ProfileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do, in one line.</param>
    /// <param name="innerException">Why, where another exception says more.</param>
    public ProfileException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" "), innerException)
    {
    }
}
