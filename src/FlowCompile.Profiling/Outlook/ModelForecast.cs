namespace FlowCompile.Profiling;

/// <summary>What a profile will ask of one model.</summary>
public sealed record ModelForecast
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Whether these are the calls that judge outputs; what else the model does is a row of its own.</summary>
    public bool IsJudge { get; init; }

    /// <summary>How many calls it will make at least.</summary>
    public required int Calls { get; init; }

    /// <summary>How many it will make at most: some inputs are only known when other calls have been made.</summary>
    public required int CallsAtMost { get; init; }

    /// <summary>
    /// How many of <see cref="CallsAtMost"/> go in batches, at most, where <see cref="ProfilerOptions.Batch"/> asks for it and the model can. How long those take no
    /// store knows, since outcomes from batches have no times of their own: <see cref="Time"/> reckons with calls made alone, and is more.
    /// </summary>
    public int BatchedCallsAtMost { get; init; }

    /// <summary>
    /// How many of <see cref="CallsAtMost"/> nothing is known of, since the store has no call of their sub-agent under their setting;
    /// tokens, cost and time are those of the others.
    /// </summary>
    public required int UnknownCalls { get; init; }

    /// <summary>
    /// How many of <see cref="CallsAtMost"/> are reckoned from calls of the same model for another sub-agent or under another budget, after a probe
    /// (<see cref="Profiler.ProbeAsync"/>); they are in tokens, cost and time.
    /// </summary>
    public int EstimatedCalls { get; init; }

    /// <summary>The thinking tokens that the unknown calls may take at most, by their budgets.</summary>
    public required long UnknownThinkingTokensAtMost { get; init; }

    /// <summary>Tokens of the prompts, at most.</summary>
    public required double InputTokens { get; init; }

    /// <summary>Thinking tokens and tokens of the answers, at most.</summary>
    public required double GeneratedTokens { get; init; }

    /// <summary>What that costs by today's prices; 0 where the model has none.</summary>
    public required double Cost { get; init; }

    /// <summary>Whether the model has a price, so that <see cref="Cost"/> says anything.</summary>
    public bool HasPrice { get; init; }

    /// <summary>Whether anything is known of its calls; otherwise tokens, cost and time are 0 for want of a figure.</summary>
    public bool IsKnown => UnknownCalls < CallsAtMost;

    /// <summary>How long that takes, at most, at the concurrency of the options, each call by itself.</summary>
    public required TimeSpan Time { get; init; }
}
