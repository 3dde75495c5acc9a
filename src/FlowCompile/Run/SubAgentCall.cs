namespace FlowCompile;

/// <summary>What is particular to one invocation of a sub-agent.</summary>
public readonly record struct SubAgentCall
{
    /// <summary>Which replica, from 0.</summary>
    public int Replica { get; init; }

    /// <summary>Which repair attempt, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary>The seed of its sampled calls; <see langword="null"/> sets none.</summary>
    public long? Seed { get; init; }

    /// <summary>The sampling temperature; <see langword="null"/> leaves it to the model.</summary>
    public float? Temperature { get; init; }

    /// <summary>Whether records keep prompts and answers.</summary>
    public bool RecordTexts { get; init; }
}
