namespace FlowCompile.Models.OpenAI;

/// <summary>One try of a call that failed. The message is a clause, with no key in it.</summary>
internal sealed class FailedCallException(ModelCallFailure failure, string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    public ModelCallFailure Failure { get; } = failure;

    /// <summary>Whether another try may do better.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>Whether the server is still loading the model: the call waits, and this was no try.</summary>
    public bool IsLoading { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What to do, in a sentence; <see langword="null"/> where the kind of failure says all.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether it was given up because its caller waits no longer.</summary>
    public bool IsOutOfTime { get; init; }

    /// <summary>Whether the call may succeed at another time.</summary>
    public bool MayPass => IsTransient || IsLoading || IsOutOfTime;

    /// <summary>The same failure, which no further try follows.</summary>
    /// <param name="reason">Why none does, as a clause.</param>
    public FailedCallException Final(string reason) =>
        new(Failure, $"{Message}; {reason}", isTransient: false, this) { StatusCode = StatusCode, Advice = Advice, IsLoading = IsLoading };

    /// <summary>The same failure, which no further try follows because its caller waits no longer.</summary>
    /// <param name="reason">How long the next one would have to wait.</param>
    public FailedCallException OutOfTime(string reason) =>
        new(Failure, $"{Message}; {reason}", isTransient: false, this) { StatusCode = StatusCode, Advice = Advice, IsOutOfTime = true };
}
