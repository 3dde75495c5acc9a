namespace FlowCompile;

/// <summary>One model call of a run.</summary>
public sealed record CallRecord
{
    /// <summary>The sub-agent's name.</summary>
    public required string Node { get; init; }

    /// <summary>Which replica, from 0.</summary>
    public required int Replica { get; init; }

    /// <summary>Which repair attempt, from 0.</summary>
    public required int Attempt { get; init; }

    /// <summary>The setting in force.</summary>
    public required Setting Setting { get; init; }

    /// <summary>Tokens of the prompt, as the model reports them.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Those of <see cref="InputTokens"/> that the provider had cached, as the model reports them; 0 where it does not tell.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Thinking tokens, as the model reports them.</summary>
    public required long ThinkingTokens { get; init; }

    /// <summary>Tokens of the visible answer: all generated tokens less the thinking ones.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Time to the first generated token; <see langword="null"/> where the client does not tell.</summary>
    public required TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Time from the start of the call to its end.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Cost of the call by the model's prices; 0 where it has none.</summary>
    public double Cost { get; init; }

    /// <summary>The prompt, where the run records texts (<see cref="RunOptions.RecordTexts"/>).</summary>
    public string? Prompt { get; init; }

    /// <summary>The answer, where the run records texts (<see cref="RunOptions.RecordTexts"/>).</summary>
    public string? Answer { get; init; }
}
