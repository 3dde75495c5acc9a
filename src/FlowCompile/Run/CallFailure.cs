namespace FlowCompile;

/// <summary>A call of a node that failed during a run.</summary>
public sealed record CallFailure
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>Which replica, from 0.</summary>
    public required int Replica { get; init; }

    /// <summary>Which repair attempt, from 0.</summary>
    public required int Attempt { get; init; }

    /// <summary>The setting in force; <see langword="null"/> for a tool.</summary>
    public required Setting? Setting { get; init; }

    /// <summary>Which try under this setting, from 0.</summary>
    public required int Try { get; init; }

    /// <summary>Whether the model failed, rather than the node's own code.</summary>
    public required bool IsModelFailure { get; init; }

    /// <summary>The id of the configuration it ran under.</summary>
    public required string Configuration { get; init; }

    /// <summary>What was thrown.</summary>
    public required Exception Exception { get; init; }

    /// <summary>The failure in one line: <c>'Select' under mini@16: out of memory</c>.</summary>
    public override string ToString() => Setting is { } setting ? $"'{Node}' under {setting}: {Exception.Message}" : $"'{Node}': {Exception.Message}";
}
