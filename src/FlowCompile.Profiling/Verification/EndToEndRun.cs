namespace FlowCompile.Profiling;

/// <summary>One run of a whole workflow under one configuration on one case.</summary>
public sealed record EndToEndRun
{
    /// <summary>What it was made for.</summary>
    public required RunPurpose Purpose { get; init; }

    /// <summary>The configuration as text (<see cref="Plans.WorkflowConfiguration.ToText"/>).</summary>
    public required string Configuration { get; init; }

    /// <summary>The id of the case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The score of the workflow's output, 0 (wrong) to 1 (right); <see langword="null"/> for a run that failed, or whose output nothing scores.</summary>
    public double? Score { get; init; }

    /// <summary>Why it failed, in one line; <see langword="null"/> where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The time from its start to its end, without what it waited for limits on spending.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>How many runs were under way at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public required string Machine { get; init; }
}
