namespace FlowCompile.Testing.Fuzzing;

/// <summary>An input did what no input may do.</summary>
public sealed class FuzzFailureException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="rule">The rule that was broken: the same text for every input that breaks it in the same way.</param>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The exception behind it, if any.</param>
    public FuzzFailureException(string rule, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Rule = rule;
    }

    /// <summary>The rule that was broken.</summary>
    public string Rule { get; }
}
