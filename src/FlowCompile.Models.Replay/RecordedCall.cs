namespace FlowCompile.Models.Replay;

/// <summary>A model call as it was recorded.</summary>
public sealed record RecordedCall
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The model together with how it was run, where the record names that; the model otherwise.</summary>
    public required string Setting { get; init; }

    /// <summary>The prompt; in a table, the id of the query.</summary>
    public required string Prompt { get; init; }

    /// <summary>The reasoning budget in thinking tokens; <see langword="null"/> where the record has a level or nothing.</summary>
    public int? Budget { get; init; }

    /// <summary>The level of reasoning by name, for example <c>high</c>; <see langword="null"/> where the record has none.</summary>
    public string? Level { get; init; }

    /// <summary>The seed; <see langword="null"/> where none is recorded.</summary>
    public long? Seed { get; init; }

    /// <summary>Which of several draws it is.</summary>
    public int Run { get; init; }

    /// <summary>The answer. A table records only how right it was; then this is that score as a number, for example <c>0.5</c>.</summary>
    public required string Answer { get; init; }

    /// <summary>The thinking; <see langword="null"/> where it is not recorded.</summary>
    public string? Thinking { get; init; }

    /// <summary>How right the answer was, 0 to 1; <see langword="null"/> where that is not recorded.</summary>
    public double? Score { get; init; }

    /// <summary>Tokens of the prompt; <see langword="null"/> where they are not recorded.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens of the prompt that the provider had cached; <see langword="null"/> where they are not recorded.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Generated tokens, thinking included; <see langword="null"/> where they are not recorded.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Thinking tokens; <see langword="null"/> where they are not recorded.</summary>
    public long? ThinkingTokens { get; init; }

    /// <summary>When the tokens were there; <see langword="null"/> where that is not recorded.</summary>
    public GenerationTimings? Timings { get; init; }
}
