namespace FlowCompile;

/// <summary>Candidate lists that end early, and what is canceled then.</summary>
public sealed partial class WorkflowRun
{
    private CancellationTokenSource?[]? _groups; // by the node that has the list
    private Func<bool>?[]? _lists; // by the same, whether enough of its candidates agree
    private EndedList?[]? _ended; // by the same, how it ended early, under this configuration or one before

    /// <summary>Waits for a candidate list until enough agree, and cancels the rest.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="node">The index of the node that has the list.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="agree">How many have to agree.</param>
    /// <param name="equality">Whether two agree; <see langword="null"/> to compare them as they are.</param>
    /// <returns>The candidates that are there, in order.</returns>
    public async ValueTask<T[]> AgreeAsync<T>(int node, CandidateTasks<T> candidates, int agree, Func<T, T, bool>? equality)
    {
        equality ??= EqualityComparer<T>.Default.Equals;
        lock (_trace)
        {
            var run = IsWanted(node, replica: 0) ? Current : this;
            run.Keep(node, () => candidates.HaveAgreed(agree, equality));
        }

        CandidateValues<T> there;
        try
        {
            there = await candidates.UntilAsync(agree, equality).ConfigureAwait(false);
        }
        catch (Exception e) when (candidates.AreSound)
        {
            throw new WorkflowException($"Workflow '{_graph.Name}': the candidates of '{NameOf(node)}' cannot be compared: {e.Message}", e);
        }

        if (there.Tasks.Count < candidates.Count)
        {
            await StopGroupAsync(node, [.. there.Tasks.Select(PlaceOf)], [.. there.Agreed.Select(PlaceOf)]).ConfigureAwait(false);
        }

        return there.Values;
    }

    /// <summary>The same in a workflow with branches.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="node">The index of the node that has the list.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="agree">How many have to agree.</param>
    /// <param name="equality">Whether two agree; <see langword="null"/> to compare them as they are.</param>
    /// <returns>The candidates that are there and whose branch was taken, in order.</returns>
    public async ValueTask<T[]> AgreePresentAsync<T>(int node, CandidateTasks<NodeOutput<T>> candidates, int agree, Func<T, T, bool>? equality)
    {
        equality ??= EqualityComparer<T>.Default.Equals;
        var outputs = await AgreeAsync(node, candidates, agree, (one, other) => one.HasValue && other.HasValue && equality(one.Value, other.Value)).ConfigureAwait(false);
        return [.. outputs.Where(output => output.HasValue).Select(output => output.Value)];
    }

    /// <summary>Cancels a node's calls: the caller, the end of the run, or that nobody waits for the node any more.</summary>
    internal CancellationToken TokenOf(int node) => _binding.Groups is { } groups && groups[node] is >= 0 and var reader ? Group(reader).Token : CancellationToken;

    private CancellationTokenSource Group(int reader)
    {
        lock (_trace)
        {
            _groups ??= new CancellationTokenSource?[_tasks.Length];
            return _groups[reader] ??= CancellationTokenSource.CreateLinkedTokenSource(TokenOf(reader));
        }
    }

    private void Keep(int reader, Func<bool>? list)
    {
        if (list is not null)
        {
            (_lists ??= new Func<bool>?[_tasks.Length])[reader] = list;
        }
    }

    private async Task StopGroupAsync(int reader, IReadOnlyList<(int Node, int Replica)> present, IReadOnlyList<(int Node, int Replica)> agreed)
    {
        List<Task> canceled = [];
        lock (_trace)
        {
            // A run that moved has the list again under the other configuration, which may need all of these candidates. One that ended before a
            // move is not ended again.
            var current = Current;
            if (!IsWanted(reader, replica: 0) || current._ended?[reader] is not null)
            {
                return;
            }

            var stopped = Enumerable.Range(0, _tasks.Length).Where(node => WorksFor(node, reader) && Tasks(node).Any(task => !task.IsCompleted)).Select(NameOf);
            _trace.Add(new EarlyAgreement(NameOf(reader), present.Count, [.. stopped]));
            (current._ended ??= new EndedList?[_tasks.Length])[reader] = new EndedList(present, agreed);

            // A candidate may have begun under a configuration before.
            for (var run = current; run is not null; run = run._previous)
            {
                canceled.Add(run.Group(reader).CancelAsync());
            }
        }

        await Task.WhenAll(canceled).ConfigureAwait(false);
    }

    /// <summary>Takes over that a list has ended: what the configuration would call for it besides is not called.</summary>
    private void EndAs(WorkflowRun previous, int reader)
    {
        (_ended ??= new EndedList?[_tasks.Length])[reader] = previous._ended![reader];
        Group(reader).Cancel();
    }

    private bool WorksFor(int node, int reader) => _binding.Groups![node] is >= 0 and var next && (next == reader || WorksFor(next, reader));

    /// <summary>Whether a node is a candidate that nobody waits for any more, or works for one.</summary>
    private bool HasEndedEarly(int node) =>
        _ended is not null && _binding.Groups![node] is >= 0 and var reader && (_ended[reader] is not null || HasEndedEarly(reader));

    /// <summary>Whether a list that a node works for has its answer, though it may not have ended yet.</summary>
    private bool IsAnswered(int node) =>
        _binding.Groups is { } groups && groups[node] is >= 0 and var reader && (_ended?[reader] is not null || HasAgreed(reader) || IsAnswered(reader));

    private bool HasAgreed(int reader)
    {
        try
        {
            return _lists?[reader]?.Invoke() ?? false;
        }
        catch (Exception)
        {
            return false; // the list says so itself
        }
    }

    private (int Node, int Replica) PlaceOf(Task task)
    {
        for (var node = 0; node < _tasks.Length; node++)
        {
            var replica = _tasks[node] is Task?[] replicas ? Array.IndexOf(replicas, task) : _tasks[node] == task ? 0 : -1;
            if (replica >= 0)
            {
                return (node, replica);
            }
        }

        return (-1, 0);
    }

    private void DisposeGroups()
    {
        foreach (var group in _groups ?? [])
        {
            group?.Dispose();
        }
    }
}
