namespace FlowCompile;

/// <summary>
/// How runs meet failures, as options of an application: <c>services.Configure&lt;WorkflowRuntimeOptions&gt;(...)</c>. The
/// <see cref="WorkflowRuntime"/> that the generated <c>Add...</c> methods add takes them when it is made; ranges and defaults are those of its own
/// properties.
/// </summary>
public sealed class WorkflowRuntimeOptions
{
    /// <summary>How often a failed model call is tried again (default 1): <see cref="WorkflowRuntime.Retries"/>.</summary>
    public int Retries { get; set; } = WorkflowRuntime.Default.Retries;

    /// <summary>The wait before the first retry (default 200 ms): <see cref="WorkflowRuntime.RetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; set; } = WorkflowRuntime.Default.RetryDelay;

    /// <summary>How long one model call may take (default: no limit): <see cref="WorkflowRuntime.CallTimeout"/>.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>When a model call is made a second time (default: never): <see cref="WorkflowRuntime.Hedging"/>.</summary>
    public HedgePolicy? Hedging { get; set; }

    /// <summary>After how many failures in a row a model is avoided (default 5): <see cref="WorkflowRuntime.FailuresToBreak"/>.</summary>
    public int FailuresToBreak { get; set; } = WorkflowRuntime.Default.FailuresToBreak;

    /// <summary>For how long it is (default 30 s): <see cref="WorkflowRuntime.BreakDuration"/>.</summary>
    public TimeSpan BreakDuration { get; set; } = WorkflowRuntime.Default.BreakDuration;
}
