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

    /// <summary>
    /// What the race of the profile has dropped, where it would drop it again: nothing is missing of it. Empty where there is no race, or something has changed.
    /// </summary>
    public IReadOnlyList<DroppedSetting> Dropped { get; init; } = [];

    /// <summary>Where the race of the profile needed no more cases, and would not now: the others are not counted. Otherwise <see langword="null"/>.</summary>
    public SettledRace? Settled { get; init; }

    /// <summary>What judges the sub-agents without a score method today; <see langword="null"/> where all have one.</summary>
    public ProfiledJudge? Judge { get; init; }

    /// <summary>For each sub-agent with a score method, how far that judge agrees with it so far.</summary>
    public IReadOnlyList<JudgeAgreement> JudgeAgreement { get; init; } = [];

    /// <summary>What counts the energy of calls that are computed on this machine; empty where it is not measured.</summary>
    public IReadOnlyList<string> EnergyCounters { get; init; } = [];

    /// <summary>How many runs of the whole workflow, as it is today, verify the estimates of plans; none of them is made again.</summary>
    public int VerificationRuns { get; init; }

    /// <summary>Whether there is nothing to measure.</summary>
    public bool IsUpToDate => MissingReferenceRuns == 0 && Nodes.All(node => node.MissingAtMost == 0);
}
