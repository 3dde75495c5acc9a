using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>How a run ends: with its output, or with an error; either way it leaves no task behind.</summary>
public sealed partial class WorkflowRun
{
    private List<CallFailure>? _failures; // those that ended the configuration
    private TaskCompletionSource? _failed;

    /// <summary>Ends the run: waits for its output and for everything it started.</summary>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <param name="output">The task of the output.</param>
    /// <returns>The result; <see langword="null"/> where the run goes on under another configuration (<see cref="Next"/>).</returns>
    /// <exception cref="WorkflowException">A node failed, and no other configuration avoids that.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled the run.</exception>
    public ValueTask<WorkflowResult<T>?> CompleteAsync<T>(Task<T>? output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.IsCompletedSuccessfully && _previous is null && (!_isUnderWay || Unfinished(rest: null) is null)
            ? new ValueTask<WorkflowResult<T>?>(Result(output, Time.Since(_start)))
            : WaitAsync(output);
    }

    private async ValueTask<WorkflowResult<T>?> WaitAsync<T>(Task<T> output)
    {
        if (!output.IsCompleted)
        {
            await Task.WhenAny(output, Failed()).ConfigureAwait(false);
        }

        if (!output.IsCompletedSuccessfully)
        {
            if (await MovesAsync().ConfigureAwait(false))
            {
                return null;
            }

            throw await EndAsync(output).ConfigureAwait(false);
        }

        if (_previous is not null || Unfinished(rest: null) is not null)
        {
            await StopAsync().ConfigureAwait(false);
        }

        return Result(output, Time.Since(_start));
    }

    private WorkflowResult<T> Result<T>(Task<T> output, TimeSpan elapsed)
    {
        _stop.Dispose();
        DisposeGroups();
        RunTelemetry.EndRun(_activity, _graph.Name, elapsed, error: null);
        return new WorkflowResult<T>(output.Result, Configuration, _trace, elapsed)
        {
            Failures = _trace.Failures,
            Reroutes = _trace.Reroutes,
            Hedges = _trace.Hedges,
            Agreements = _trace.Agreements,
            IsLate = elapsed > _options.Deadline,
        };
    }

    /// <summary>Ends the run of a workflow with branches.</summary>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <param name="output">The task of the output.</param>
    /// <returns>The result; <see langword="null"/> where the run goes on under another configuration (<see cref="Next"/>).</returns>
    /// <exception cref="WorkflowException">A node failed, and no other configuration avoids that; or no branch that was taken leads to the output.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled the run.</exception>
    public async ValueTask<WorkflowResult<T>?> CompleteAsync<T>(Task<NodeOutput<T>>? output) =>
        await CompleteAsync<NodeOutput<T>>(output).ConfigureAwait(false) is not { } result ? null
            : result.Output.HasValue ? result.With(result.Output.Value)
            : throw new WorkflowException(NoOutput(result.Configuration))
            {
                Failures = result.Failures,
                Reroutes = result.Reroutes,
            };

    // A configuration may leave out the only node of a branch.
    private string NoOutput(WorkflowConfiguration configuration)
    {
        var missing = string.Join(", ", _graph.Nodes.Where((node, i) => node.Condition is not null && configuration.Structure.Counts[i] == 0).Select(node => $"'{node.Name}'"));
        return $"Workflow '{_graph.Name}': no branch that was taken leads to the output '{NameOf(_graph.Output)}'; "
            + (missing.Length == 0
                ? "let its candidate list name a node of every branch."
                : $"the configuration leaves out {missing}: let the candidate list name a node of every branch that no configuration leaves out.");
    }

    /// <summary>Completes when a call has failed for good.</summary>
    private Task Failed()
    {
        lock (_trace)
        {
            _failed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_failures is not null || _inTime is not null)
            {
                _failed.TrySetResult();
            }

            return _failed.Task;
        }
    }

    private async Task<Exception> EndAsync(Task output)
    {
        await StopAsync().ConfigureAwait(false);
        var error = _caller.IsCancellationRequested ? new OperationCanceledException(_caller)
            : Error() ?? WithTrace(output.Exception?.InnerException) ?? new OperationCanceledException("The run was canceled by one of its nodes.");
        RunTelemetry.EndRun(_activity, _graph.Name, Time.Since(_start), error);
        return error;
    }

    // What ended the run is no failed call, a comparison of candidates for example; there may have been some before.
    private Exception? WithTrace(Exception? error) => error is not WorkflowException own ? error : new WorkflowException(own.Message, own.InnerException)
    {
        Failures = _trace.Failures,
        Reroutes = _trace.Reroutes,
    };

    /// <summary>The error that names everything tried; <see langword="null"/> where no call failed.</summary>
    private WorkflowException? Error()
    {
        List<CallFailure> fatal = [];
        for (var run = this; run is not null; run = run._previous)
        {
            fatal.InsertRange(0, run._failures ?? []);
        }

        if (fatal.Count == 0)
        {
            return null;
        }

        var setting = fatal[0].Setting is { } first ? $" under {first}" : "";
        var message = _previous is null
            ? $"Workflow '{_graph.Name}': '{fatal[0].Node}'{setting} failed: {fatal[0].Exception.Message}"
            : $"Workflow '{_graph.Name}' failed under every configuration that was left to try. "
                + string.Join("; ", fatal.Select(failure => $"{failure.Configuration}: {failure}"));
        message += _trace.HasOutput ? " (after a part of the output was handed on, so it was not tried again)" : "";
        return new WorkflowException(message, fatal.Count == 1 ? fatal[0].Exception : new AggregateException(fatal.Select(failure => failure.Exception)))
        {
            Failures = _trace.Failures,
            Reroutes = _trace.Reroutes,
        };
    }

    /// <summary>Cancels what still runs, under whatever configuration it was started, and waits for it.</summary>
    private async Task StopAsync()
    {
        List<Task>? rest = null;
        for (var run = this; run is not null; run = run._previous)
        {
            await run._stop.CancelAsync().ConfigureAwait(false);
            rest = run.Unfinished(rest);
        }

        if (rest is not null)
        {
            // What they throw is either a failure already known or their cancellation.
            await Task.WhenAll(rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        for (var run = this; run is not null; run = run._previous)
        {
            run._stop.Dispose();
            run.DisposeGroups();
        }
    }

    /// <summary>Adds the tasks that have not succeeded.</summary>
    private List<Task>? Unfinished(List<Task>? rest)
    {
        foreach (var started in _tasks)
        {
            if (started is Task { IsCompletedSuccessfully: false } task)
            {
                (rest ??= []).Add(task);
            }
            else if (started is Task?[] replicas)
            {
                foreach (var replica in replicas)
                {
                    if (replica is { IsCompletedSuccessfully: false })
                    {
                        (rest ??= []).Add(replica);
                    }
                }
            }
        }

        return rest;
    }
}
