using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>What a run returns: the output, and how it came about.</summary>
/// <typeparam name="T">The type of the output.</typeparam>
/// <param name="Output">The output.</param>
/// <param name="Configuration">The configuration that ran.</param>
/// <param name="Calls">Every model call, in the order they ended.</param>
/// <param name="Elapsed">Time from the start of the run to its end.</param>
public sealed record WorkflowResult<T>(T Output, WorkflowConfiguration Configuration, IReadOnlyList<CallRecord> Calls, TimeSpan Elapsed)
{
    /// <summary>The same result with the output untyped.</summary>
    public WorkflowResult<object?> Untyped() => new(Output, Configuration, Calls, Elapsed);
}
