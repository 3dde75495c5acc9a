namespace FlowCompile.Profiling;

/// <summary>Measures one cell by one call of its sub-agent.</summary>
internal sealed class CellRunner(ProfileContext context, NodeJson json, Scorer scorer)
{
    private readonly string _machine = MachineDescription.Current;

    /// <summary>Measures a cell and writes its outcome at once.</summary>
    /// <param name="planned">The cell.</param>
    /// <param name="shared">What decodes for this cell and others; <see langword="null"/> for a call of its own.</param>
    /// <param name="cancellationToken">Stops the call; a stopped call leaves nothing behind.</param>
    /// <returns>The outcome.</returns>
    public async Task<Outcome> MeasureAsync(PlannedCell planned, SharedDecode? shared, CancellationToken cancellationToken)
    {
        var (outcome, isTimed) = await CallAsync(planned, shared, cancellationToken).ConfigureAwait(false);
        if (!isTimed)
        {
            shared?.Stop();
            (outcome, _) = await CallAsync(planned, shared: null, cancellationToken).ConfigureAwait(false);
        }

        context.Spending.Add(
            planned.Cell.Setting.Model, outcome.InputTokens, outcome.ThinkingTokens + outcome.OutputTokens - outcome.ReusedTokens);
        context.Store.Outcomes.Add(planned, outcome, context.ScoreHash, context.Time.GetUtcNow());
        return outcome;
    }

    // Not timed: other calls ran beside the one that was shared, so the latency is not known.
    private async Task<(Outcome Outcome, bool IsTimed)> CallAsync(PlannedCell planned, SharedDecode? shared, CancellationToken cancellationToken)
    {
        var cell = planned.Cell;
        var records = new List<CallRecord>();
        var probe = new CallProbe(context.Models[cell.Setting.Model], shared);
        var agent = new SubAgentContext(
            cell.Node,
            cell.Setting,
            probe,
            new SubAgentCall { Replica = cell.Repetition, Seed = planned.Seed, Temperature = context.Descriptor.Graph.Nodes[planned.Node].Temperature },
            record =>
            {
                lock (records)
                {
                    records.Add(record);
                }
            });
        var inputs = json.ReadInputs(planned.Node, planned.Inputs);
        object? output = null;
        Exception? failure = null;
        var start = context.Time.GetTimestamp();
        try
        {
            output = await context.Descriptor
                .InvokeNodeAsync(context.Workflow, planned.Node, inputs, agent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A client may answer a cancellation with an error of its own kind; that is no failure of the call.
            cancellationToken.ThrowIfCancellationRequested();
            failure = e;
        }

        var latency = context.Time.GetElapsedTime(start) + probe.Correction;
        var text = failure is null ? json.WriteOutput(planned.Node, output) : null;
        lock (records)
        {
            var outcome = new Outcome
            {
                Failed = failure is not null,
                Error = failure is null ? null : FailureText.Of(failure),
                Score = failure is null ? scorer.Score(planned.Node, planned.Case, output) : null,
                InputTokens = records.Sum(record => record.InputTokens),
                ThinkingTokens = records.Sum(record => record.ThinkingTokens),
                OutputTokens = records.Sum(record => record.OutputTokens),
                TimeToFirstToken = records.Count == 0 ? null : records[0].TimeToFirstToken,
                ReusedTokens = probe.ReusedTokens,
                Latency = latency,
                TokenTimes = probe.TokenTimes,
                Output = text,
                OutputHash = text is null ? null : ContentHash.OfText(text),
                PromptHash = probe.PromptHash,
                Concurrency = context.Options.Concurrency,
                Machine = _machine,
            };
            return (outcome, !probe.Overlapped);
        }
    }
}
