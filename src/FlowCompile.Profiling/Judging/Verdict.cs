namespace FlowCompile.Profiling;

/// <summary>What a judge says of one output.</summary>
internal sealed record Verdict
{
    /// <summary>The hash of all that it depends on: the judge, its budget and its prompt.</summary>
    public required string Key { get; init; }

    /// <summary>The sub-agent's name.</summary>
    public required string Node { get; init; }

    /// <summary>The hash of the judge of this sub-agent (<see cref="Judge.HashOf"/>).</summary>
    public required string Judge { get; init; }

    /// <summary>The hash of the case.</summary>
    public required string CaseHash { get; init; }

    /// <summary>The hash of the inputs.</summary>
    public required string InputsHash { get; init; }

    /// <summary>The hash of the output.</summary>
    public required string OutputHash { get; init; }

    /// <summary>The score, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The judge's answer.</summary>
    public required string Answer { get; init; }

    /// <summary>The call that gave it.</summary>
    public required CallRecord Call { get; init; }
}
