namespace FlowCompile.Models.OpenAI;

/// <summary>One try of a call that failed. The message is a clause, with no key in it.</summary>
internal sealed class FailedCallException(ModelCallFailure failure, string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    public ModelCallFailure Failure { get; } = failure;

    /// <summary>Whether another try may do better.</summary>
    public bool IsTransient { get; } = isTransient;

    public int? StatusCode { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
