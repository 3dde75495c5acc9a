namespace FlowCompile.Models.Replay;

/// <summary>What a model came to over many cases: a row of a leaderboard, where single calls are not recorded.</summary>
public sealed record RecordedAggregate
{
    /// <summary>The model, as the row names it.</summary>
    public required string Model { get; init; }

    /// <summary>How the model was asked to edit, or whatever else tells its rows apart.</summary>
    public required string Format { get; init; }

    /// <summary>The reasoning effort; <see langword="null"/> where the row has none.</summary>
    public string? Effort { get; init; }

    /// <summary>The reasoning budget in thinking tokens; <see langword="null"/> where the row has none.</summary>
    public int? Budget { get; init; }

    /// <summary>How many cases.</summary>
    public required int Cases { get; init; }

    /// <summary>The share that was right at the first try, 0 to 1.</summary>
    public required double FirstTry { get; init; }

    /// <summary>The share that was right after one repair, 0 to 1.</summary>
    public required double AfterRepair { get; init; }

    /// <summary>Mean time of a case; <see langword="null"/> where it is not recorded.</summary>
    public TimeSpan? TimePerCase { get; init; }

    /// <summary>Cost of all cases; <see langword="null"/> where it is not recorded.</summary>
    public double? Cost { get; init; }

    /// <summary>Tokens of all prompts; <see langword="null"/> where they are not recorded.</summary>
    public long? InputTokens { get; init; }

    /// <summary>All generated tokens; <see langword="null"/> where they are not recorded.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>All thinking tokens; <see langword="null"/> where they are not recorded.</summary>
    public long? ThinkingTokens { get; init; }
}
