namespace FlowCompile.Models.Replay;

/// <summary>How recorded calls are replayed.</summary>
public sealed class ReplayOptions
{
    /// <summary>The model in the file, or a setting of it as the record names it.</summary>
    public required string Model { get; init; }

    /// <summary>The model's name in messages.</summary>
    /// <value>Default: <see cref="Model"/>.</value>
    public string? Name { get; init; }

    /// <summary>Which recorded level of reasoning each budget stands for.</summary>
    /// <value>Default: none, for records with budgets or of one level only.</value>
    public IReadOnlyList<ReasoningLevel>? Levels { get; init; }

    /// <summary>Whether a call takes as long as it was recorded; otherwise it returns at once. Its timings say the recorded times either way.</summary>
    /// <value>Default: no.</value>
    public bool KeepsPace { get; init; }
}
