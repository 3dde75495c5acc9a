namespace FlowCompile;

/// <summary>
/// When each token of a response was there. A client that knows attaches it to the response with
/// <see cref="ChatResponseTimings.SetTimings"/>.
/// </summary>
public sealed record GenerationTimings
{
    /// <summary>Time from the start of the call to the first generated token.</summary>
    public required TimeSpan TimeToFirstToken { get; init; }

    /// <summary>
    /// For every generated token, thinking tokens first, the time from the start of the call until it was there. A token that the
    /// runtime put there itself, such as a forced end of thinking, is not generated and has no entry.
    /// </summary>
    public required IReadOnlyList<TimeSpan> TokenTimes { get; init; }

    /// <summary>Time from the start of the call to its end.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>
    /// Whether the times were put together from the recorded times of another call (<see cref="IBudgetSweep"/>) rather than measured in
    /// one piece.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IsDerived { get; init; }

    /// <summary>
    /// Whether the call was decoded together with others (<see cref="IBatchDecoding"/>), so that its times are not those of a call of its own.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IsBatched { get; init; }

    /// <summary>How many of the generated tokens, the first ones, were decoded for another response and not again for this one.</summary>
    /// <value>Default: 0.</value>
    public int ReusedTokens { get; init; }
}
