namespace FlowCompile.Profiling;

/// <summary>Measures the cells of a plan, and composes more of them from what was recorded.</summary>
internal sealed class CellPhase(ProfileContext context, NodeJson json, Scorer scorer, ProgressMeter meter, BatchModels batches)
{
    // Inputs are composed when a few cases are through: a profile that is stopped has everything of its first cases.
    private const int BlockSize = 10;

    // At the end of a block workers wait for the last cells, and for what is composed of them. A race decides after each block, so its blocks are the same on every machine.
    private const int CellsOfAWorker = 20;
    private readonly bool _withFailures = !context.Options.RetryFailures;
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly TimedCalls _timed = new(context.Store);
    private readonly Rescoring _rescoring = new(context, json, scorer);
    private readonly RouteFinder _routes = new(context, json);
    private readonly List<ProfiledOutcome> _outcomes = [];
    private readonly List<DroppedSetting> _dropped = [];
    private HashSet<string> _there = [];
    private SettledRace? _settled;

    /// <summary>Measures what is not measured yet, until all is or a limit is reached.</summary>
    /// <param name="plan">The cells whose inputs the reference runs have shown; those composed are added to it.</param>
    /// <param name="references">The reference runs, where those of a block of cases come before its cells; <see langword="null"/> where all are there.</param>
    /// <param name="cancellationToken">Stops the measuring; what is measured stays.</param>
    /// <returns>The limit that was reached, if one was.</returns>
    public async Task<ProfileLimit?> RunAsync(ProfilePlan plan, ReferencePhase? references, CancellationToken cancellationToken)
    {
        _there = context.Store.Outcomes.Keys(_withFailures);
        _rescoring.Apply(plan.All);
        var keys = plan.All.Select(planned => planned.Cell.Key).ToHashSet(StringComparer.Ordinal);
        meter.Start(ProfilePhase.Cells, keys.Count, keys.Count(_there.Contains));

        var planner = new CellPlanner(context);
        var composer = new InputComposer(context, json, scorer);
        var casesDone = 0;
        var size = references is not null ? BlockSize : Math.Max(BlockSize, CellsOfAWorker * context.Options.Concurrency * plan.Cases.Count / Math.Max(1, keys.Count));
        foreach (var block in plan.Cases.Chunk(size))
        {
            if (references is not null)
            {
                await ReferAsync(references, block, plan, planner, cancellationToken).ConfigureAwait(false);
                Expect(plan, casesDone + block.Length);
            }

            // Reached by the reference runs, it leaves cases without a cell.
            if (context.Spending.Reached is { } before)
            {
                return before;
            }

            // What is recorded now shows inputs that the reference runs did not; what is measured on those may show more, downstream.
            IReadOnlyList<PlannedCell> cells = [.. block.SelectMany(plan.Of)];
            while (cells.Count > 0)
            {
                await MeasureAsync(cells, cancellationToken).ConfigureAwait(false);
                if (context.Spending.Reached is { } limit)
                {
                    return limit;
                }

                cells = plan.Add(await planner.CompleteAsync(block, plan, composer, cancellationToken).ConfigureAwait(false));
                Begin(cells);
            }

            await _routes.CompleteAsync(block, one => planner.RecordedOn(one, plan), composer, cancellationToken).ConfigureAwait(false);
            casesDone += block.Length;
            if (casesDone < plan.Cases.Count)
            {
                Race(plan, block, casesDone);
            }

            if (_settled is not null)
            {
                break;
            }

            Expect(plan, casesDone);
        }

        // Another process that began later may have written that nothing is dropped.
        WriteRace();
        context.Store.Cells.Finish(plan);
        return null;
    }

    private async Task ReferAsync(ReferencePhase references, WorkflowCase[] block, ProfilePlan plan, CellPlanner planner, CancellationToken cancellationToken)
    {
        await references.RunAsync(block, meter, isCounted: false, cancellationToken).ConfigureAwait(false);
        Begin(plan.Add(planner.Induced(block, references.Of(block))));
        context.Store.Routes.Add(_routes.Seen(references.Of(block)));
    }

    private void Expect(ProfilePlan plan, int casesKnown)
    {
        var onOne = plan.Cases.Take(casesKnown).Sum(one => plan.Of(one).Count) / casesKnown;
        meter.Expect(plan.Cases.Skip(casesKnown).Sum(one => Math.Max(0, onOne - plan.Of(one).Count)));
    }

    private void Begin(IReadOnlyList<PlannedCell> cells)
    {
        context.Store.Cells.Add(cells);
        _rescoring.Apply(cells);
        meter.Add(cells.Count, cells.Count(planned => _there.Contains(planned.Cell.Key)));
    }

    private void Race(ProfilePlan plan, IReadOnlyList<WorkflowCase> block, int casesDone)
    {
        if (context.Options.Race is not { } race)
        {
            return;
        }

        _outcomes.AddRange(block.SelectMany(plan.Of)
            .Select(planned => (planned.Cell, Outcome: context.Store.Outcomes.Find(planned.Cell.Key)))
            .Where(pair => pair.Outcome is not null)
            .Select(pair => new ProfiledOutcome(pair.Cell, pair.Outcome!)));
        var dropped = race.Drop(_outcomes);
        if (dropped.Count > 0)
        {
            plan.Dropped.UnionWith(dropped.Select(one => (one.Node, one.Setting)));
            Forget(plan.RemoveDropped());
            _outcomes.RemoveAll(one => plan.Dropped.Contains((one.Cell.Node, one.Cell.Setting)));
            _dropped.AddRange(dropped);
            WriteRace();
        }

        if (race.Settle(_outcomes) is { } reason)
        {
            _settled = new SettledRace(casesDone, reason);
            Forget(plan.RemoveAfter(casesDone));
        }
    }

    private void Forget(IEnumerable<PlannedCell> cells)
    {
        var unmeasured = cells.Where(planned => !_keys.Contains(planned.Cell.Key)).ToList();
        meter.Add(-unmeasured.Count, -unmeasured.Count(planned => _there.Contains(planned.Cell.Key)));
    }

    private void WriteRace() => context.Store.Cells.Write(context.Store.Cells.ReadManifest()! with { Dropped = _dropped, Settled = _settled });

    private async Task MeasureAsync(IReadOnlyList<PlannedCell> cells, CancellationToken cancellationToken)
    {
        // Two names of one model share their outcomes.
        var own = cells.Where(planned => _keys.Add(planned.Cell.Key)).ToList();
        _timed.AddStored(own);
        List<PlannedCell> untimed = [.. _timed.Untimed(own)];
        meter.Add(0, -untimed.Count);
        var missing = own.Where(planned => !_there.Contains(planned.Cell.Key))
            .ToLookup(planned => batches.Of(planned.Cell.Setting.Model) is not null && _timed.AreEnough(planned.Cell));
        await MeasureAsync([.. untimed, .. missing[false]], inBatches: false, cancellationToken).ConfigureAwait(false);
        await MeasureAsync(
            [
                // Of one model and like length: the more calls go together, the fuller are the batches.
                .. missing[true].OrderBy(planned => planned.Cell.Setting.Model, StringComparer.Ordinal).ThenBy(planned => planned.Node)
                    .ThenBy(planned => planned.Inputs.Json.Length),
            ],
            inBatches: true,
            cancellationToken).ConfigureAwait(false);
    }

    private Task MeasureAsync(IReadOnlyList<PlannedCell> cells, bool inBatches, CancellationToken cancellationToken)
    {
        var runner = new CellRunner(context, json, scorer);
        return new SharedWork(context).DrainAsync(
            CellGroup.Of(cells, context),
            inBatches ? batches.CallsAtOnce : context.Options.Concurrency,
            group => group.Key,
            group =>
            {
                group.First = Look(group.Cells[0], inBatches);
                return group.First.IsThere && group.Cells.Skip(1).All(planned => IsThere(planned, inBatches));
            },
            (group, token) => MeasureAsync(group, runner, inBatches, token),
            group => group.Cells.ForEach(_ => meter.AdvanceByOther()),
            cancellationToken);
    }

    private async Task<WorkResult?> MeasureAsync(CellGroup group, CellRunner runner, bool inBatches, CancellationToken cancellationToken)
    {
        var batch = inBatches ? batches.Of(group.Cells[0].Cell.Setting.Model) : null;
        var shared = group.Share(context, batch);
        WorkResult? result = null;
        foreach (var planned in group.Cells)
        {
            // The first one was looked at when the group was taken.
            var (isThere, called) = planned == group.Cells[0] ? group.First : await WriteAsync(result, () => Look(planned, inBatches)).ConfigureAwait(false);
            result = null;
            if (isThere)
            {
                meter.AdvanceByOther();
                continue;
            }

            // The first call of a group is begun within the limits; its answers under the other budgets are there by then.
            if (planned != group.Cells[0] && shared is not { HasAnswers: true } && context.Spending.Reached is not null)
            {
                return null;
            }

            meter.Begin(planned.Cell.Node, planned.Cell.Setting);
            var (outcome, write) = await runner.MeasureAsync(planned, called, shared, batch, cancellationToken).ConfigureAwait(false);
            result = new WorkResult(write, () => Count(planned, outcome));
        }

        return result;
    }

    private async Task<T> WriteAsync<T>(WorkResult? result, Func<T> look)
    {
        var seen = await context.Store.TransactAsync(() =>
        {
            result?.Write();
            return look();
        }).ConfigureAwait(false);
        result?.Written();
        return seen;
    }

    private void Count(PlannedCell planned, Outcome outcome)
    {
        if (outcome.IsUnjudged)
        {
            return;
        }

        if (outcome.Failed)
        {
            meter.Fail();
        }
        else if (!outcome.IsBatched)
        {
            _timed.Add(planned.Cell);
        }

        meter.Advance();
    }

    private (bool IsThere, Outcome? Called) Look(PlannedCell planned, bool withBatched) =>
        IsThere(planned, withBatched) ? (true, null) : (false, context.Store.Outcomes.FindCall(planned.CallKey));

    private bool IsThere(PlannedCell planned, bool withBatched) => context.Store.Outcomes.Contains(planned.Cell.Key, _withFailures, withBatched);
}
