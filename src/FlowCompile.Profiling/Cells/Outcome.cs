namespace FlowCompile.Profiling;

/// <summary>What one call of a sub-agent came to.</summary>
public sealed record Outcome
{
    /// <summary>Whether the call threw, so that there is no output to score, or its judge gave no score. A failure is no wrong answer.</summary>
    public required bool Failed { get; init; }

    /// <summary>Why it failed, in one line.</summary>
    public string? Error { get; init; }

    /// <summary>The score of the output, 0 (wrong) to 1 (right); <see langword="null"/> for a failure.</summary>
    public double? Score { get; init; }

    /// <summary>Tokens of the prompts, summed over the model calls that the sub-agent made.</summary>
    public long InputTokens { get; init; }

    /// <summary>Those of <see cref="InputTokens"/> that the provider had cached; 0 where the model does not tell.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Thinking tokens, summed likewise.</summary>
    public long ThinkingTokens { get; init; }

    /// <summary>Tokens of the visible answers, summed likewise.</summary>
    public long OutputTokens { get; init; }

    /// <summary>
    /// How many of the thinking and answer tokens were decoded for the outcome under another budget and not again for this one
    /// (<see cref="IBudgetSweep"/>); 0 for a call of its own.
    /// </summary>
    public long ReusedTokens { get; init; }

    /// <summary>Whether the times were put together from those of a call under another budget.</summary>
    public bool IsDerived => ReusedTokens > 0;

    /// <summary>
    /// Whether the call was decoded together with others (<see cref="ProfilerOptions.Batch"/>), so that nobody knows how long it takes alone. Its
    /// latency, time to the first token and energy are those of a timed call of the same sub-agent under the same setting, with the mean time of
    /// a token added for every token more, and taken off for every token less. It has no <see cref="TokenTimes"/>.
    /// </summary>
    public bool IsBatched { get; init; }

    /// <summary>Time to the first token of the first model call; <see langword="null"/> where the client does not tell.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Time from the start of the sub-agent's method to its end.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>When each token was there, since the start of its model call; one call after the other. Empty where the client does not tell.</summary>
    public IReadOnlyList<TimeSpan> TokenTimes { get; init; } = [];

    /// <summary>
    /// The energy that this machine took for the call, in joules: its share of what processors and GPUs took while it was under way, the
    /// calls beside it having shares of the same size. Put together from the mean power where <see cref="IsDerived"/>. <see langword="null"/> where it was not
    /// measured: the model does not run on this machine, or the machine cannot tell.
    /// </summary>
    public double? EnergyJoules { get; init; }

    /// <summary>The output as JSON; <see langword="null"/> for a call that threw.</summary>
    public string? Output { get; init; }

    /// <summary>The hash of the output.</summary>
    public string? OutputHash { get; init; }

    /// <summary>The hash of the prompts sent; <see langword="null"/> where none was.</summary>
    public string? PromptHash { get; init; }

    /// <summary>How many sub-agents were measured at once.</summary>
    public int Concurrency { get; init; }

    /// <summary>The machine it was measured on.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Whether only its judge is missing, whom a limit kept from being asked: another run asks it, without another call of the sub-agent.</summary>
    internal bool IsUnjudged => Failed && Error is null;

    /// <summary>The outcome as long as it is not judged.</summary>
    internal Outcome Unjudged() => this with { Failed = true, Error = null, Score = null };
}
