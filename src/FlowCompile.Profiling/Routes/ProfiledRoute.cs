namespace FlowCompile.Profiling;

/// <summary>What a tool that routes returned on a case.</summary>
public sealed record ProfiledRoute
{
    /// <summary>The tool's name.</summary>
    public required string Node { get; init; }

    /// <summary>The case's id.</summary>
    public required string CaseId { get; init; }

    /// <summary>Where its inputs come from: a reference run, or recorded outputs put together to show what the reference runs did not.</summary>
    public required InputVariant Variant { get; init; }

    /// <summary>Whether all its inputs are right, as <see cref="ProfileCell.InputsRight"/>.</summary>
    public required bool InputsRight { get; init; }

    /// <summary>How many of its candidates are right; 0 for a tool without a candidate list.</summary>
    public required int RightCandidates { get; init; }

    /// <summary>How many candidates it has; 0 for a tool without a candidate list.</summary>
    public required int Candidates { get; init; }

    /// <summary>What it returned, as JSON: what decides which branch is taken.</summary>
    public required string Output { get; init; }
}
