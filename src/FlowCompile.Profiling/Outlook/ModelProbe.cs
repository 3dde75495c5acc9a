namespace FlowCompile.Profiling;

/// <summary>
/// Makes a few calls of each model that little is known of: the reference runs of one case, and cells of that case under other settings. They are what the
/// profile measures anyway, are kept, and are not made again.
/// </summary>
internal sealed class ModelProbe(ProfileContext context, NodeJson json, Scorer scorer, ProfileManifest manifest)
{
    /// <summary>Makes the calls.</summary>
    /// <param name="one">The case.</param>
    /// <param name="calls">How many sub-agents and budgets are to be known of each model, 1 or more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProfileException">Every reference run failed.</exception>
    public async Task RunAsync(WorkflowCase one, int calls, CancellationToken cancellationToken)
    {
        using var batches = new BatchModels(context);
        var references = new ReferencePhase(context, json, scorer, batches, [one], manifest);
        await references.RunAsync([one], new ProgressMeter(null, context.Time), isCounted: false, cancellationToken).ConfigureAwait(false);
        var runner = new CellRunner(context, json, scorer);
        await new SharedWork(context).DrainAsync(
            Choose(new CellPlanner(context).Plan([one], references.Of([one])).All, calls),
            context.Options.Concurrency,
            planned => planned.Cell.Key,
            IsThere,
            async (planned, token) =>
            {
                var called = await context.Store.TransactAsync(() => context.Store.Outcomes.FindCall(planned.CallKey)).ConfigureAwait(false);
                var (_, write) = await runner.MeasureAsync(planned, called, shared: null, batch: null, token).ConfigureAwait(false);
                return new WorkResult(write, () => { });
            },
            _ => { },
            cancellationToken).ConfigureAwait(false);
    }

    private List<PlannedCell> Choose(IEnumerable<PlannedCell> cells, int calls)
    {
        var known = context.Store.Outcomes.Statistics().ToLookup(row => row.Identity);
        List<PlannedCell> chosen = [];
        foreach (var model in cells.GroupBy(planned => planned.Identity))
        {
            // Of each sub-agent in its turn the largest budget that is left, or the smallest: what lies between can be reckoned.
            var byNode = model.Where(planned => !known[model.Key].Any(row => row.Node == planned.Cell.Node && row.Budget == planned.Cell.Setting.Budget))
                .GroupBy(planned => planned.Node)
                .Select(node => node.DistinctBy(planned => planned.Cell.Setting.Budget).OrderBy(planned => planned.Cell.Setting.Budget).ToList())
                .ToList();
            for (var (i, left) = (0, calls - known[model.Key].Count()); left > 0 && byNode.Count > 0; i++, left--)
            {
                var node = byNode[i % byNode.Count];
                var at = i % 2 == 0 ? node.Count - 1 : 0;
                chosen.Add(node[at]);
                node.RemoveAt(at);
                byNode.RemoveAll(list => list.Count == 0);
            }
        }

        return chosen;
    }

    private bool IsThere(PlannedCell planned) => context.Store.Outcomes.Contains(planned.Cell.Key, withFailures: !context.Options.RetryFailures, withBatched: true);
}
