namespace FlowCompile.Compilation;

/// <summary>A plan that cannot be compiled. The message is one line: what is wrong, where, and what to do.</summary>
public sealed class CompileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do, in one line.</param>
    /// <param name="innerException">Why, where another exception says more.</param>
    public CompileException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" "), innerException)
    {
    }
}
