namespace FlowCompile;

/// <summary>How a run meets failures: it tries again, and then moves to another configuration of the plan.</summary>
public sealed partial class WorkflowRun
{
    /// <summary>A model answered after failures.</summary>
    private void ModelSucceeded(RunBinding.Node bound)
    {
        if (bound.Health!.IsOpen)
        {
            RunLog.CircuitClosed(_runtime.Logger, bound.Setting!.Value.Model);
        }

        bound.Health.Succeeded();
    }

    /// <summary>A model failed.</summary>
    private void ModelFailed(RunBinding.Node bound)
    {
        if (bound.Health!.Failed(_runtime))
        {
            RunLog.CircuitOpened(_runtime.Logger, bound.Setting!.Value.Model, _runtime.FailuresToBreak, _runtime.BreakDuration);
        }
    }

    /// <summary>Whether a failed call is tried again; waits before it is.</summary>
    internal async ValueTask<bool> RetriesAsync(CallFailure failure, int node, SubAgentContext agent)
    {
        var token = TokenOf(node);
        var isLast = failure.Try >= _runtime.Retries || !failure.IsModelFailure || _trace.HasOutput || token.IsCancellationRequested;
        if (isLast || _models.Find(agent.Setting.Model) is null or { Health.IsOpen: true })
        {
            return false;
        }

        var factor = Math.Pow(2, failure.Try);
        var delay = factor * _runtime.RetryDelay.Ticks < TimerLimit.Longest.Ticks ? _runtime.RetryDelay * factor : TimerLimit.Longest;
        lock (_trace)
        {
            // A run that moved may have left the call behind.
            if (!IsWanted(node, failure.Replica) || (_options.Deadline is not null && _plan is not null && !Current.HasTimeToRetry(node, agent.Setting.Model, delay)))
            {
                return false;
            }
        }

        _trace.Add(failure);
        RunLog.Retried(_runtime.Logger, _graph.Name, Configuration.Id, failure, delay, failure.Exception);
        await Task.Delay(delay, Time, token).ConfigureAwait(false);
        return true;
    }

    /// <summary>A call failed for good.</summary>
    /// <returns>What its node throws.</returns>
    internal Exception Fail(CallFailure failure, int node)
    {
        // What a call throws once it is canceled is no failure; one of its model that came before is.
        var token = TokenOf(node);
        var isCanceled = token.IsCancellationRequested;
        if (isCanceled && (!failure.IsModelFailure || failure.Exception is OperationCanceledException))
        {
            return new OperationCanceledException(token);
        }

        RunLog.Failed(_runtime.Logger, _graph.Name, Configuration.Id, failure, failure.Exception);
        lock (_trace)
        {
            _trace.Add(failure);
            if (!isCanceled && IsWanted(node, failure.Replica))
            {
                Current.Stop(failure, node);
            }
        }

        return isCanceled ? new OperationCanceledException(token) : new WorkflowException($"Workflow '{_graph.Name}': {failure}", failure.Exception);
    }

    /// <summary>A failure ends the configuration, unless it is of a candidate whose list has its answer without it.</summary>
    private void Stop(CallFailure failure, int node)
    {
        if (IsAnswered(node))
        {
            (_declined ??= new bool[_tasks.Length])[node] = true;
            return;
        }

        (_failures ??= []).Add(failure);
        _failed?.TrySetResult();
    }

    private WorkflowRun Current
    {
        get
        {
            var current = this;
            while (current.Next is { } next)
            {
                current = next;
            }

            return current;
        }
    }

    /// <summary>Whether a call of this run counts under the current configuration too.</summary>
    private bool IsWanted(int node, int replica) =>
        Current is var current && (current == this || (TaskOf(node, replica) is { } task && task == current.TaskOf(node, replica)));

    private Task? TaskOf(int node, int replica) => _tasks[node] is Task?[] replicas ? replicas.ElementAtOrDefault(replica) : (Task?)_tasks[node];

    /// <summary>Moves to another configuration, where failures make that necessary and one is left.</summary>
    private async ValueTask<bool> MovesAsync()
    {
        if (_plan is null || _caller.IsCancellationRequested)
        {
            return false;
        }

        lock (_trace)
        {
            if (_trace.HasOutput || (_failures is null ? _inTime : ChooseNext()) is not { } target)
            {
                return false;
            }

            var next = new WorkflowRun(this, target);
            var kept = next.Adopt(this);
            var reroute = new Reroute(Configuration, target, _failures is null ? "it is better for the deadline" : string.Join("; ", _failures), kept);
            _trace.Add(reroute);
            RunLog.Rerouted(_runtime.Logger, _graph.Name, Configuration.Id, target.Id, reroute.Reason);
            Next = next;
        }

        if (!Next.IsUnderWay())
        {
            // Nothing that is under way counts any more. Where something does, the rest is canceled when the run ends.
            for (var run = this; run is not null; run = run._previous)
            {
                await run._stop.CancelAsync().ConfigureAwait(false);
            }
        }

        return true;
    }
}
