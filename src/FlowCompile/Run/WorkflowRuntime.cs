using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile;

/// <summary>What runs share: the clock, the log, and how failures are met. One runtime serves any number of workflows and runs at once.</summary>
public sealed class WorkflowRuntime
{
    private readonly int _retries = 1;
    private readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(200);
    private readonly TimeSpan? _callTimeout;
    private readonly int _failuresToBreak = 5;
    private readonly TimeSpan _breakDuration = TimeSpan.FromSeconds(30);
    private readonly TimeProvider _timeProvider = TimeProvider.System;
    private readonly ILogger _logger = NullLogger.Instance;

    /// <summary>Creates a runtime.</summary>
    public WorkflowRuntime()
    {
    }

    internal WorkflowRuntime(WorkflowRuntimeOptions options)
    {
        Retries = options.Retries;
        RetryDelay = options.RetryDelay;
        CallTimeout = options.CallTimeout;
        Hedging = options.Hedging;
        FailuresToBreak = options.FailuresToBreak;
        BreakDuration = options.BreakDuration;
    }

    /// <summary>The runtime of workflows that are given none.</summary>
    public static WorkflowRuntime Default { get; } = new();

    /// <summary>The clock (default: the system's).</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        init => _timeProvider = RuntimeRange.NotNull(value);
    }

    /// <summary>Where failures and reroutes are logged (default: nowhere).</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public ILogger Logger
    {
        get => _logger;
        init => _logger = RuntimeRange.NotNull(value);
    }

    /// <summary>Plans that take the place of the compiled ones, for example a <see cref="PlanWatcher"/>; <see langword="null"/> (the default) for none.</summary>
    public IPlanSource? Plans { get; init; }

    /// <summary>
    /// How often a call whose model failed is tried again under the same setting, 0 or more (default 1). What a sub-agent's own code throws
    /// is not tried again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Retries
    {
        get => _retries;
        init => _retries = RuntimeRange.AtLeast(0, value);
    }

    /// <summary>The wait before the first retry, doubled before each further one (default 200 ms).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan RetryDelay
    {
        get => _retryDelay;
        init => _retryDelay = RuntimeRange.NotNegative(value);
    }

    /// <summary>
    /// How long one model call may take before it counts as failed; <see langword="null"/> (the default), and a time that no timer can take (49 days),
    /// sets no limit. An answer that comes later does not count, and a client that does not heed its token is not waited for.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public TimeSpan? CallTimeout
    {
        get => _callTimeout;
        init => _callTimeout = value is { } limit ? RuntimeRange.AboveZero(limit) : null;
    }

    /// <summary>
    /// When a model call that takes long is made a second time; <see langword="null"/> (the default) for never. The first answer counts, and
    /// the other call is canceled; what it has used by then is paid for. Where the answer is read while it is written, the first to give a token
    /// counts, and a call is made again where none is there in time.
    /// </summary>
    public HedgePolicy? Hedging { get; init; }

    /// <summary>
    /// What live calls are compared with (default: nothing). It follows <see cref="Plans"/>: a plan that takes over is what it compares with from then on.
    /// </summary>
    public DriftMonitor? Drift { get; init; }

    /// <summary>After how many failures in a row runs by preference avoid a model, 1 or more (default 5).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int FailuresToBreak
    {
        get => _failuresToBreak;
        init => _failuresToBreak = RuntimeRange.AtLeast(1, value);
    }

    /// <summary>How long a model is avoided before one run may probe it, above zero (default 30 s). A time beyond any clock's is never over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public TimeSpan BreakDuration
    {
        get => _breakDuration;
        init => _breakDuration = RuntimeRange.AboveZero(value);
    }

    /// <summary>The plan in force in place of a workflow's compiled one, which live calls are then compared with.</summary>
    internal WorkflowPlan? FindPlan(WorkflowGraph graph) =>
        Plans is not { } plans ? null : Drift is { } drift ? drift.Follow(graph, plans.Find) : plans.Find(graph);
}
