namespace FlowCompile.Profiling;

/// <summary>One thing to measure: a sub-agent under a setting on one case, with given inputs.</summary>
public sealed record ProfileCell
{
    /// <summary>The key of its outcome: the hash of all that the outcome depends on.</summary>
    public required string Key { get; init; }

    /// <summary>The sub-agent's name.</summary>
    public required string Node { get; init; }

    /// <summary>The setting.</summary>
    public required Setting Setting { get; init; }

    /// <summary>The case's id.</summary>
    public required string CaseId { get; init; }

    /// <summary>The hash of the case.</summary>
    public required string CaseHash { get; init; }

    /// <summary>Where its inputs come from; of several that gave the same inputs, the first.</summary>
    public required InputVariant Variant { get; init; }

    /// <summary>
    /// Which repetition, from 0, of a sampled sub-agent on the same inputs, each with a seed of its own: together they show how its
    /// replicas behave on one case. Only 0 for a greedy one.
    /// </summary>
    public required int Repetition { get; init; }

    /// <summary>
    /// Whether all its inputs are right: a required upstream by its score, a candidate list by any right candidate, a workflow input
    /// always. For a repairer: whether the value to repair is right, although its test failed.
    /// </summary>
    public required bool InputsRight { get; init; }

    /// <summary>How many of its candidates are right; 0 for a sub-agent without a candidate list.</summary>
    public required int RightCandidates { get; init; }

    /// <summary>How many candidates it has; 0 for a sub-agent without a candidate list.</summary>
    public required int Candidates { get; init; }
}
