using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>What a run returns: the output, and how it came about.</summary>
/// <typeparam name="T">The type of the output.</typeparam>
/// <param name="Output">The output.</param>
/// <param name="Configuration">The configuration that gave the output.</param>
/// <param name="Calls">Every model call that succeeded, in the order they ended.</param>
/// <param name="Elapsed">Time from the start of the run to its end, when every call has ended, those that were canceled included.</param>
public sealed record WorkflowResult<T>(T Output, WorkflowConfiguration Configuration, IReadOnlyList<CallRecord> Calls, TimeSpan Elapsed)
{
    /// <summary>Every call that failed, in order.</summary>
    public IReadOnlyList<CallFailure> Failures { get; init; } = [];

    /// <summary>The run's moves from one configuration to another, in order; none where the one chosen first gave the output.</summary>
    public IReadOnlyList<Reroute> Reroutes { get; init; } = [];

    /// <summary>The model calls that were made a second time because the first took long.</summary>
    public IReadOnlyList<Hedge> Hedges { get; init; } = [];

    /// <summary>The candidate lists that ended early because enough candidates agreed.</summary>
    public IReadOnlyList<EarlyAgreement> Agreements { get; init; } = [];

    /// <summary>Whether <see cref="Elapsed"/> is more than the run's <see cref="RunOptions.Deadline"/>.</summary>
    public bool IsLate { get; init; }

    /// <summary>The same result with the output untyped.</summary>
    public WorkflowResult<object?> Untyped() => With<object?>(Output);

    internal WorkflowResult<TOther> With<TOther>(TOther output) => new(output, Configuration, Calls, Elapsed)
    {
        Failures = Failures,
        Reroutes = Reroutes,
        Hedges = Hedges,
        Agreements = Agreements,
        IsLate = IsLate,
    };
}
