using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// A model call that failed for good, after what retries there were. It is no wrong answer: whoever measures must record it as a
/// failure. The message is one line and never holds a key.
/// </summary>
public sealed class ModelCallException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why the call failed.</param>
    /// <param name="message">Which model, what happened, and what to do, in one line.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public ModelCallException(ModelCallFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Why the call failed.</summary>
    public ModelCallFailure Failure { get; }

    /// <summary>How often the call was tried, 1 or more.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>
    /// Whether the same call may succeed at another time. Where it may not, the reason is in the call or in what the endpoint was told:
    /// a retry costs and changes nothing.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool MayPass { get; init; }

    /// <summary>Whether it was given up only because its caller waits no longer (<see cref="CallTimeLimit"/>): another call may succeed.</summary>
    public bool IsOutOfTime { get; init; }

    /// <summary>The status of the last HTTP response; <see langword="null"/> where there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// What the call is billed for all the same, over all its tries, as far as the model has said it; <see langword="null"/> where it has said nothing.
    /// </summary>
    public UsageDetails? Usage { get; init; }
}
