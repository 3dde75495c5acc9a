using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile;

/// <summary>What runs share: the clock and the log. One runtime serves any number of workflows and runs at once.</summary>
public sealed class WorkflowRuntime
{
    /// <summary>The runtime of workflows that are given none.</summary>
    public static WorkflowRuntime Default { get; } = new();

    /// <summary>The clock (default: the system's).</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where failures and reroutes are logged (default: nowhere).</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
