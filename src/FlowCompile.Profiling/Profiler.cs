using FlowCompile.Plans;
using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>
/// Measures the sub-agents of a workflow: runs the workflow under a strong and a weak reference setting to learn what each sub-agent
/// receives, then calls every sub-agent alone under every setting on those inputs, and on inputs composed of what it recorded where a
/// kind of input is missing. It keeps each outcome the moment it is there. What
/// the store has already is not measured again, so a profile that was stopped goes on where it was, and an edit re-measures what it
/// touched.
/// </summary>
public sealed class Profiler
{
    private readonly ProfileContext _context;
    private readonly ProjectSettings _settings;
    private readonly NodeJson _json;
    private readonly Scorer _scorer;

    /// <summary>Prepares a profile.</summary>
    /// <param name="descriptor">The workflow.</param>
    /// <param name="models">The models, under the names of <paramref name="settings"/>.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="store">Where outcomes are kept.</param>
    /// <param name="options">How to carry it out; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ProfileException">The workflow cannot be profiled: a sub-agent with neither a score nor a judge, an unknown model.</exception>
    /// <exception cref="SettingsException">The settings have no section for the workflow.</exception>
    public Profiler(
        WorkflowDescriptor descriptor,
        ModelCatalog models,
        ProjectSettings settings,
        ProfileStore store,
        ProfilerOptions? options = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(store);
        options ??= new ProfilerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repetitions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.SelectorVariants, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxCost ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxTokens ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTime ?? TimeSpan.Zero, TimeSpan.Zero, nameof(options));
        _settings = settings;
        _context = new ProfileContext(descriptor, models, settings, store, options, time ?? TimeProvider.System);
        _json = new NodeJson(descriptor);
        _scorer = new Scorer(descriptor, _context.Judge);
        foreach (var node in _context.SubAgents)
        {
            var name = descriptor.Graph.Nodes[node].Name;
            if (!_scorer.HasMethod(node) && !_scorer.IsJudged(node))
            {
                throw new ProfileException(
                    $"The sub-agent '{name}' of the workflow '{descriptor.Graph.Name}' has no score, so its accuracy cannot be measured; add a static method with [Score(nameof({name}))], or a 'judge' to the workflow in flowcompile.json.");
            }
        }
    }

    /// <summary>
    /// The nodes that are measured again although they may not have changed: the profile in the store is of an earlier version, which told code by its compiled
    /// instructions, and those are others now, changed or compiled otherwise (debug or release).
    /// </summary>
    public IReadOnlyList<string> UnmatchedCode => _context.Codes.Unmatched;

    /// <summary>Measures what is not measured yet.</summary>
    /// <param name="cases">The validation cases.</param>
    /// <param name="progress">Told of every run and cell; on whatever thread it ends.</param>
    /// <param name="cancellationToken">Stops the profile; what is measured stays.</param>
    /// <returns>The summary of all outcomes of this profile; <see cref="ProfileSummary.StoppedBy"/> says whether a limit stopped it.</returns>
    /// <exception cref="ProfileException">Every reference run failed, a score method threw, an output cannot be kept, or the store went bad.</exception>
    /// <exception cref="OperationCanceledException">The profile was stopped.</exception>
    public async Task<ProfileSummary> RunAsync(
        IReadOnlyList<WorkflowCase> cases, IProgress<ProfileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        using var spending = Spend();
        var meter = new ProgressMeter(progress, _context.Time);
        using var batches = new BatchModels(_context);
        var isRaced = _context.Options.Race is not null;
        if (isRaced)
        {
            cases = RaceOrder.Of(cases);
        }

        var references = new ReferencePhase(_context, _json, _scorer, batches, cases, Manifest(cases));
        if (!isRaced)
        {
            await references.RunAsync(cases, meter, isCounted: true, cancellationToken).ConfigureAwait(false);
        }

        var plan = new CellPlanner(_context).Plan(cases, references.Of(cases));
        _context.Store.Cells.Begin(Manifest(cases), plan);
        _context.Store.Routes.Begin(new RouteFinder(_context, _json).Seen(references.Of(cases)));
        var limit = await new CellPhase(_context, _json, _scorer, meter, batches).RunAsync(plan, isRaced ? references : null, cancellationToken).ConfigureAwait(false);
        if (limit is null && !await new AgreementCheck(_context, _scorer).RunAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            limit = spending.Reached;
        }

        return ProfileSummary.Read(_context.Store, _settings) with { FailedReferenceRuns = references.Failures, StoppedBy = limit, Spent = spending.Total };
    }

    /// <summary>
    /// Runs configurations end to end on some of the cases that <see cref="RunAsync"/> has measured, so that what was composed of them can be compared
    /// (<see cref="ProfileSummary.Runs"/>); it ends early where that is confirmed (<see cref="ProxyCheck"/>). What is in the store is not run again.
    /// </summary>
    /// <param name="configurations">The configurations, those of a plan.</param>
    /// <param name="cases">The validation cases.</param>
    /// <param name="count">On how many of them each runs, at most, 0 or more.</param>
    /// <param name="predicted">The score that is expected of a configuration on the case of an id, 0 to 1; <see langword="null"/> where none is.</param>
    /// <param name="progress">Told of every run; on whatever thread it ends.</param>
    /// <param name="cancellationToken">Stops the runs; those that have ended stay.</param>
    /// <returns>The summary with the runs.</returns>
    /// <exception cref="ProfileException">Nothing was measured yet, or a score method threw.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ProfileSummary> VerifyAsync(
        IReadOnlyList<WorkflowConfiguration> configurations,
        IReadOnlyList<WorkflowCase> cases,
        int count,
        Func<WorkflowConfiguration, string, double?> predicted,
        IProgress<ProfileProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var spending = Spend();
        var planner = new VerificationPlanner(_context);
        var limit = planner.CanVerify(_scorer)
            ? await new VerificationRunner(_context, _json, _scorer)
                .RunAsync(configurations, planner.CasesOf(cases, count), predicted, new ProgressMeter(progress, _context.Time), cancellationToken).ConfigureAwait(false)
            : null;
        return ProfileSummary.Read(_context.Store, _settings) with { StoppedBy = limit, Spent = spending.Total };
    }

    /// <summary>Says what <see cref="VerifyAsync"/> would take at most, without a call.</summary>
    /// <param name="configurations">The configurations; <see langword="null"/> where they are not known yet.</param>
    /// <param name="cases">The validation cases.</param>
    /// <param name="count">On how many of them each runs, at most, 0 or more.</param>
    /// <returns>What it takes; <see langword="null"/> for nothing.</returns>
    public VerificationForecast? ForecastVerification(IReadOnlyList<WorkflowConfiguration>? configurations, IReadOnlyList<WorkflowCase> cases, int count)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new VerificationPlanner(_context).CanVerify(_scorer) ? new VerificationForecaster(_context, _settings).Of(configurations, cases, count, Manifest(cases)) : null;
    }

    private Spending Spend()
    {
        _context.Spending = new Spending(_context.Options, _settings, _context.Time);
        var names = _context.Identities.Values.ToLookup(model => model.Identity, model => model.Name);
        foreach (var (identity, budget, amount) in _context.Store.Outcomes.LargestCalls())
        {
            foreach (var name in names[identity])
            {
                _context.Spending.Learn(name, budget, amount);
            }
        }

        return _context.Spending;
    }

    /// <summary>Says what <see cref="RunAsync"/> would do, without a model call; tools may be run.</summary>
    /// <param name="cases">The validation cases.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ProfileForecast> ForecastAsync(IReadOnlyList<WorkflowCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return ForecastAsync(cases, estimates: false, cancellationToken);
    }

    /// <summary>
    /// Makes a few calls of each model, and says what <see cref="RunAsync"/> would take by them: the reference runs of one case, and cells of it under other settings. Their
    /// outcomes are kept, and not measured again.
    /// </summary>
    /// <param name="cases">The validation cases.</param>
    /// <param name="calls">Of how many sub-agents and budgets something is to be known for each model, 1 or more; what is known already takes no call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProfileException">Every reference run failed.</exception>
    public async Task<ProfileForecast> ProbeAsync(IReadOnlyList<WorkflowCase> cases, int calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        using var spending = Spend();
        if (cases.Count > 0)
        {
            await new ModelProbe(_context, _json, _scorer, Manifest(cases)).RunAsync((_context.Options.Race is null ? cases : RaceOrder.Of(cases))[0], calls, cancellationToken).ConfigureAwait(false);
        }

        return await ForecastAsync(cases, estimates: true, cancellationToken).ConfigureAwait(false) with { Probed = spending.Total };
    }

    private async Task<ProfileForecast> ForecastAsync(IReadOnlyList<WorkflowCase> cases, bool estimates, CancellationToken cancellationToken)
    {
        var changes = Changes(cases);
        var (dropped, settled) = (Dropped(changes), Settled(changes));
        var outlook = await LookAsync(cases, dropped, settled, cancellationToken).ConfigureAwait(false);
        return new Forecaster(_context, _settings, estimates).Of(outlook) with { IsRaced = _context.Options.Race is not null, Dropped = dropped, Settled = settled };
    }

    /// <summary>Says what of the profile in the store still holds, what does not, and why, without a model call; tools may be run.</summary>
    /// <param name="cases">The validation cases.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ProfileStatus> GetStatusAsync(IReadOnlyList<WorkflowCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var changes = Changes(cases);
        var (dropped, settled) = (Dropped(changes), Settled(changes));
        var outlook = await LookAsync(cases, dropped, settled, cancellationToken).ConfigureAwait(false);
        var today = Manifest(cases);
        return new ProfileStatus
        {
            Changes = changes,
            Dropped = dropped,
            Settled = settled,
            Judge = today.Judge,
            JudgeAgreement = ProfileSummary.AgreementWith(today.Judge, _context.Store),
            EnergyCounters = today.EnergyCounters,
            VerificationRuns = _context.Store.Runs.Read(today, cases.Select(one => (one.Id, one.Hash))).Count(run => run.Purpose == RunPurpose.Verification),
            MissingReferenceRuns = outlook.MissingReferences,
            Nodes =
            [
                .. outlook.Lines.GroupBy(line => line.Node).Select(group => new NodeStatus(
                    _context.Descriptor.Graph.Nodes[group.Key].Name,
                    group.Sum(line => line.There),
                    group.Sum(line => line.Failed),
                    group.Sum(line => line.Least + line.Unjudged),
                    group.Sum(line => line.Most + line.Unjudged))),
            ],
        };
    }

    private IReadOnlyList<ProfileChange> Changes(IReadOnlyList<WorkflowCase> cases) => new ChangeFinder(_context).Find(Manifest(cases), cases);

    // A race decides by the outcomes: where they are the same, it drops the same.
    private IReadOnlyList<DroppedSetting> Dropped(IReadOnlyList<ProfileChange> changes) =>
        _context.Options.Race is null || changes.Any(change => change.Kind != ChangeKind.Timing) ? [] : _context.Store.Cells.ReadManifest()?.Dropped ?? [];

    // A race of another precision may go on, so it is asked.
    private SettledRace? Settled(IReadOnlyList<ProfileChange> changes) =>
        _context.Options.Race is { } race && changes.All(change => change.Kind == ChangeKind.Timing)
        && _context.Store.Cells.ReadManifest()?.Settled is { } settled && race.Settle(ProfileSummary.Read(_context.Store, _settings).Outcomes) is not null
            ? settled
            : null;

    private async Task<ProfileOutlook> LookAsync(
        IReadOnlyList<WorkflowCase> cases, IReadOnlyList<DroppedSetting> dropped, SettledRace? settled, CancellationToken cancellationToken)
    {
        var outlook = new ProfileOutlook(_context, _json, _scorer, dropped);
        await outlook.LookAsync(settled is null ? cases : [.. RaceOrder.Of(cases).Take(settled.Cases)], cancellationToken).ConfigureAwait(false);
        return outlook;
    }

    private ProfileManifest Manifest(IReadOnlyList<WorkflowCase> cases) => new()
    {
        Workflow = _context.Descriptor.Graph.Name,
        GraphHash = _context.Descriptor.Graph.Hash,
        Cases = cases.Count,
        CasesHash = ContentHash.Of(["cases-1", .. cases.Select(one => one.Hash).Order(StringComparer.Ordinal)]),
        Seed = _context.Section.Seed,
        Reference = _context.Section.Reference.ToString(),
        WeakReference = _context.Section.WeakReference.ToString(),
        Models = [.. _context.Identities.Values],
        NodeHashes = _context.Descriptor.Graph.Nodes.Index().ToDictionary(
            entry => entry.Item.Name, entry => WorkflowCodes.NodeHash(_context.CodeHashes[entry.Index], entry.Item.Temperature)),
        IsToldBySource = _context.Codes.IsToldBySource,
        ScoreHash = _context.ScoreHash,
        Judge = _context.Judge is not { } judge ? null : new ProfiledJudge(
            _context.Section.Judge!.Setting.ToString(),
            [.. _context.JudgedNodes.Order().Select(node => _context.Descriptor.Graph.Nodes[node].Name)],
            _context.SubAgents.Select(node => _context.Descriptor.Graph.Nodes[node].Name).ToDictionary(name => name, judge.HashOf)),
        Concurrency = _context.Options.Concurrency,
        EnergyCounters = _context.Identities.Keys.Select(_context.EnergyOf).FirstOrDefault(meter => meter is not null)?.Counters ?? [],
        Machine = MachineDescription.Current,
    };
}
