using Microsoft.Extensions.Logging;

namespace FlowCompile;

/// <summary>What runs log.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1, LogLevel.Warning, "Workflow '{Workflow}' under {Configuration}: {Failure}. It is tried again in {Delay}.")]
    public static partial void Retried(ILogger logger, string workflow, string configuration, CallFailure failure, TimeSpan delay, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Workflow '{Workflow}' under {Configuration}: {Failure}.")]
    public static partial void Failed(ILogger logger, string workflow, string configuration, CallFailure failure, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Workflow '{Workflow}' moves from {From} to {To}: {Reason}.")]
    public static partial void Rerouted(ILogger logger, string workflow, string from, string to, string reason);

    [LoggerMessage(4, LogLevel.Error, "The model '{Model}' failed {Failures} times in a row: runs by preference avoid it for {Break}.")]
    public static partial void CircuitOpened(ILogger logger, string model, int failures, TimeSpan @break);

    [LoggerMessage(6, LogLevel.Warning, "The plan of workflow '{Workflow}' no longer holds: {Drift}.")]
    public static partial void Drifted(ILogger logger, string workflow, CellDrift drift);

    [LoggerMessage(7, LogLevel.Error, "Workflow '{Workflow}': OnDrift threw when told of this: {Drift}.")]
    public static partial void DriftHandlerFailed(ILogger logger, string workflow, CellDrift drift, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "Workflow '{Workflow}' runs by a plan that was given to it and has a setting that is not allowed: {Problem}.")]
    public static partial void NotAllowed(ILogger logger, string workflow, string problem);

    [LoggerMessage(5, LogLevel.Information, "The model '{Model}' answers again.")]
    public static partial void CircuitClosed(ILogger logger, string model);
}
