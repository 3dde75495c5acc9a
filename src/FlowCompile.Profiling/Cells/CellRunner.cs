using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>Measures one cell by one call of its sub-agent.</summary>
internal sealed class CellRunner(ProfileContext context, NodeJson json, Scorer scorer)
{
    private readonly string _machine = MachineDescription.Current;

    /// <summary>Measures a cell.</summary>
    /// <param name="planned">The cell.</param>
    /// <param name="called">What its call came to before, and was scored otherwise: it is only scored. <see langword="null"/> where there is none.</param>
    /// <param name="shared">What decodes for this cell and others; <see langword="null"/> for a call of its own.</param>
    /// <param name="batch">What decodes in batches; <see langword="null"/> for a call that is timed.</param>
    /// <param name="cancellationToken">Stops the call; a stopped call leaves nothing behind.</param>
    /// <returns>The outcome, and what writes it.</returns>
    /// <exception cref="LimitReachedException">A limit is reached, and nothing is measured.</exception>
    public async Task<(Outcome Outcome, Action Write)> MeasureAsync(PlannedCell planned, Outcome? called, SharedDecode? shared, IChatClient? batch, CancellationToken cancellationToken)
    {
        if (called is not { } outcome || (outcome.IsBatched && batch is null))
        {
            (outcome, var isTimed) = await CallAsync(planned, shared, batch, cancellationToken).ConfigureAwait(false);
            if (!isTimed && !outcome.IsBatched)
            {
                shared?.Stop();
                (outcome, _) = await CallAsync(planned, shared: null, batch, cancellationToken).ConfigureAwait(false);
            }
        }

        outcome = await ScoreAsync(planned, outcome, cancellationToken).ConfigureAwait(false);
        var (scoredBy, now) = (context.ScorerOf(planned.Node), context.Time.GetUtcNow());
        return (outcome, () => context.Store.Outcomes.Add(planned, outcome, scoredBy, now));
    }

    private async Task<Outcome> ScoreAsync(PlannedCell planned, Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Output is not { } text)
        {
            return outcome;
        }

        try
        {
            var output = json.ReadOutput(planned.Node, text);
            var score = await scorer.ScoreAsync(planned.Node, planned.Case, planned.Inputs, output, text, cancellationToken).ConfigureAwait(false);
            return outcome with { Failed = false, Error = null, Score = score };
        }
        catch (JudgeException e)
        {
            // The output is kept, so that no second call is needed to judge it later.
            return outcome with { Failed = true, Error = e.Message, Score = null };
        }
        catch (LimitReachedException)
        {
            return outcome.Unjudged();
        }
    }

    // Not timed: other calls ran beside the one that was shared, so the latency is not known.
    private async Task<(Outcome Outcome, bool IsTimed)> CallAsync(
        PlannedCell planned, SharedDecode? shared, IChatClient? batch, CancellationToken cancellationToken)
    {
        var cell = planned.Cell;
        var records = new List<CallRecord>();
        var probe = new CallProbe(batch ?? context.Models[cell.Setting.Model], shared);
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
        using var scope = await SpendingScope.OfCallAsync(context.Spending, cell.Setting, shared is not { HasAnswers: true }, cancellationToken).ConfigureAwait(false);
        scope.Enter();
        object? output = null;
        Exception? failure = null;
        using var energy = context.EnergyOf(cell.Setting.Model)?.Begin();
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

        if (scope.WasRefused)
        {
            throw new LimitReachedException();
        }

        var elapsed = context.Time.GetElapsedTime(start) - scope.Waited;
        var latency = elapsed + probe.Correction;
        var joules = EnergyOf(energy?.End(), elapsed, latency, probe.TookShared ? shared : null);
        var text = failure is null ? json.WriteOutput(planned.Node, output) : null;
        lock (records)
        {
            var outcome = new Outcome
            {
                Failed = failure is not null,
                Error = failure is null ? null : FailureText.Of(failure),
                InputTokens = records.Sum(record => record.InputTokens),
                CachedInputTokens = records.Sum(record => record.CachedInputTokens),
                ThinkingTokens = records.Sum(record => record.ThinkingTokens),
                OutputTokens = records.Sum(record => record.OutputTokens),
                IsBatched = batch is not null,
                TimeToFirstToken = records.Count == 0 || batch is not null ? null : records[0].TimeToFirstToken,
                ReusedTokens = probe.ReusedTokens,
                Latency = batch is null ? latency : TimeSpan.Zero,
                EnergyJoules = batch is null ? joules : null,
                TokenTimes = batch is null ? probe.TokenTimes : [],
                Output = text,
                OutputHash = text is null ? null : ContentHash.OfText(text),
                PromptHash = probe.PromptHash,
                Concurrency = context.Options.Concurrency,
                Machine = _machine,
            };
            return (outcome, !probe.Overlapped);
        }
    }

    // The first one to take a shared answer waits while all of them are decoded; each has the mean power of that for as long as its own call
    // would take.
    private static double? EnergyOf(double? joules, TimeSpan elapsed, TimeSpan latency, SharedDecode? shared)
    {
        if (shared is null || joules is null)
        {
            return joules;
        }

        shared.Watts ??= joules / Math.Max(elapsed.TotalSeconds, 1e-6);
        return shared.Watts * latency.TotalSeconds;
    }
}
