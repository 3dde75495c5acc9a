namespace FlowCompile.Profiling;

/// <summary>What of a profile still holds, what is stale or missing, and why.</summary>
public sealed record ProfileStatus
{
    /// <summary>What has changed since the profile was made; none where it holds.</summary>
    public required IReadOnlyList<ProfileChange> Changes { get; init; }

    /// <summary>How far each sub-agent is.</summary>
    public required IReadOnlyList<NodeStatus> Nodes { get; init; }

    /// <summary>How many reference runs are missing.</summary>
    public required int MissingReferenceRuns { get; init; }

    /// <summary>Whether there is nothing to measure.</summary>
    public bool IsUpToDate => MissingReferenceRuns == 0 && Nodes.All(node => node.MissingAtMost == 0);
}
