namespace FlowCompile;

/// <summary>Candidate lists that end early, and what is canceled then.</summary>
public sealed partial class WorkflowRun
{
    private CancellationTokenSource?[]? _groups; // by the node that has the list

    /// <summary>Waits for a candidate list until enough agree, and cancels the rest.</summary>
    /// <typeparam name="T">The type of one candidate.</typeparam>
    /// <param name="node">The index of the node that has the list.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="agree">How many have to agree.</param>
    /// <param name="equality">Whether two agree; <see langword="null"/> to compare them as they are.</param>
    /// <returns>The candidates that are there, in order.</returns>
    public async ValueTask<T[]> AgreeAsync<T>(int node, CandidateTasks<T> candidates, int agree, Func<T, T, bool>? equality)
    {
        T[] values;
        try
        {
            values = await candidates.UntilAsync(agree, equality ?? EqualityComparer<T>.Default.Equals).ConfigureAwait(false);
        }
        catch (Exception e) when (candidates.AreSound)
        {
            throw new WorkflowException($"Workflow '{_graph.Name}': the candidates of '{NameOf(node)}' cannot be compared: {e.Message}", e);
        }

        if (values.Length < candidates.Count)
        {
            await StopGroupAsync(node, values.Length).ConfigureAwait(false);
        }

        return values;
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

    private async Task StopGroupAsync(int reader, int candidates)
    {
        List<Task> canceled = [];
        lock (_trace)
        {
            // A run that moved has the list again under the other configuration, which may need all of these candidates.
            if (!IsWanted(reader, replica: 0))
            {
                return;
            }

            var stopped = Enumerable.Range(0, _tasks.Length).Where(node => _binding.Groups![node] == reader && Tasks(node).Any(task => !task.IsCompleted)).Select(NameOf);
            _trace.Add(new EarlyAgreement(NameOf(reader), candidates, [.. stopped]));

            // A candidate may have begun under a configuration before.
            for (var run = Current; run is not null; run = run._previous)
            {
                canceled.Add(run.Group(reader).CancelAsync());
            }
        }

        await Task.WhenAll(canceled).ConfigureAwait(false);
    }

    private void DisposeGroups()
    {
        foreach (var group in _groups ?? [])
        {
            group?.Dispose();
        }
    }
}
