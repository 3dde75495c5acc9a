namespace FlowCompile;

/// <summary>
/// How runs meet failures, as options of an application: <c>services.Configure&lt;WorkflowRuntimeOptions&gt;(...)</c>. The
/// <see cref="WorkflowRuntime"/> that the generated <c>Add...</c> methods add takes them when it is made; ranges and defaults are those of its own
/// properties.
/// </summary>
public sealed class WorkflowRuntimeOptions
{
    private int _retries = WorkflowRuntime.Default.Retries;
    private TimeSpan _retryDelay = WorkflowRuntime.Default.RetryDelay;
    private TimeSpan? _callTimeout;
    private int _failuresToBreak = WorkflowRuntime.Default.FailuresToBreak;
    private TimeSpan _breakDuration = WorkflowRuntime.Default.BreakDuration;

    /// <summary>How often a failed model call is tried again, 0 or more (default 1): <see cref="WorkflowRuntime.Retries"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Retries
    {
        get => _retries;
        set => _retries = RuntimeRange.AtLeast(0, value);
    }

    /// <summary>The wait before the first retry, zero or longer (default 200 ms): <see cref="WorkflowRuntime.RetryDelay"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan RetryDelay
    {
        get => _retryDelay;
        set => _retryDelay = RuntimeRange.NotNegative(value);
    }

    /// <summary>How long one model call may take, above zero (default: no limit): <see cref="WorkflowRuntime.CallTimeout"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public TimeSpan? CallTimeout
    {
        get => _callTimeout;
        set => _callTimeout = value is { } limit ? RuntimeRange.AboveZero(limit) : null;
    }

    /// <summary>When a model call is made a second time (default: never): <see cref="WorkflowRuntime.Hedging"/>.</summary>
    public HedgePolicy? Hedging { get; set; }

    /// <summary>After how many failures in a row a model is avoided, 1 or more (default 5): <see cref="WorkflowRuntime.FailuresToBreak"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int FailuresToBreak
    {
        get => _failuresToBreak;
        set => _failuresToBreak = RuntimeRange.AtLeast(1, value);
    }

    /// <summary>For how long it is, above zero (default 30 s): <see cref="WorkflowRuntime.BreakDuration"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public TimeSpan BreakDuration
    {
        get => _breakDuration;
        set => _breakDuration = RuntimeRange.AboveZero(value);
    }
}
