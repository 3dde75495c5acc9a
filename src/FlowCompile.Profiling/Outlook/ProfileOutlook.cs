namespace FlowCompile.Profiling;

/// <summary>
/// Looks at what a profile would do, without a model call. Cells whose inputs are not known yet, because the reference runs or the
/// recorded outputs they come from are missing, are counted by the least and the most there can be.
/// </summary>
internal sealed class ProfileOutlook
{
    // The strong and the weak reference, and one of the kind that both may lack.
    private const int MostVariants = 3;
    private readonly ProfileContext _context;
    private readonly InputComposer _composer;
    private readonly CellPlanner _planner;
    private readonly NearestSubAgents _nearest;
    private readonly HashSet<string> _succeeded;
    private readonly HashSet<string> _measured;
    private readonly HashSet<(int, Setting)> _dropped;
    private readonly Dictionary<(int, Setting), OutlookLine> _lines = [];

    /// <summary>Prepares a look.</summary>
    /// <param name="context">The profile.</param>
    /// <param name="json">Reads and writes inputs and outputs.</param>
    /// <param name="scorer">Scores what tools return.</param>
    /// <param name="dropped">What a race has dropped: nothing is missing of it.</param>
    public ProfileOutlook(ProfileContext context, NodeJson json, Scorer scorer, IEnumerable<DroppedSetting> dropped)
    {
        _context = context;
        _dropped = [.. dropped.Select(one => (context.Descriptor.Graph.IndexOf(one.Node), one.Setting))];
        _composer = new InputComposer(context, json, scorer);
        _planner = new CellPlanner(context);
        _nearest = new NearestSubAgents(context.Descriptor.Graph, context.Largest);
        _succeeded = context.Store.Outcomes.Keys(withFailures: false);
        _measured = context.Store.Outcomes.Keys(withFailures: true);
    }

    /// <summary>The lines, by sub-agent and setting.</summary>
    public IEnumerable<OutlookLine> Lines => _context.SubAgents.SelectMany(node => _context.Space.Of(node).Select(setting => Line(node, setting)));

    /// <summary>How many reference runs are missing.</summary>
    public int MissingReferences { get; private set; }

    /// <summary>Looks at cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="cancellationToken">Stops the tools that are run on the way.</param>
    public async Task LookAsync(IReadOnlyList<WorkflowCase> cases, CancellationToken cancellationToken)
    {
        var references = new ReferencePlanner(_context).Plan(cases);
        var missing = references.Where(reference => !_context.Store.References.Contains(reference.Key)).ToList();
        var waiting = missing.Select(reference => reference.Case).ToHashSet();
        var plan = _planner.Plan(cases, references);
        MissingReferences = missing.Count;
        foreach (var reference in missing)
        {
            CountReference(reference);
        }

        foreach (var one in cases)
        {
            if (waiting.Contains(one))
            {
                CountUnknown();
                continue;
            }

            IReadOnlyList<PlannedCell> cells = plan.Of(one);
            while (cells.Count > 0 && Count(cells))
            {
                cells = plan.Add(await _planner.CompleteAsync([one], plan, _composer, cancellationToken).ConfigureAwait(false));
            }

            if (cells.Count > 0)
            {
                CountComposed(plan.Of(one));
            }
        }
    }

    private OutlookLine Line(int node, Setting setting) =>
        _lines.TryGetValue((node, setting), out var line) ? line : _lines[(node, setting)] = new OutlookLine(node, setting);

    /// <summary>Counts cells, and says whether all of them are there.</summary>
    private bool Count(IReadOnlyList<PlannedCell> cells)
    {
        var isComplete = true;
        foreach (var planned in cells)
        {
            var line = Line(planned.Node, planned.Cell.Setting);
            var isThere = (_context.Options.RetryFailures ? _succeeded : _measured).Contains(planned.Cell.Key);
            line.There += isThere ? 1 : 0;
            line.Failed += isThere && !_succeeded.Contains(planned.Cell.Key) ? 1 : 0;
            if (!isThere && _dropped.Contains((planned.Node, planned.Cell.Setting)))
            {
                continue;
            }

            var isCalled = !isThere && _context.Store.Outcomes.FindCall(planned.CallKey) is not null;
            line.Unjudged += isCalled ? 1 : 0;
            line.Least += isThere || isCalled ? 0 : 1;
            line.Most += isThere || isCalled ? 0 : 1;
            isComplete &= isThere;
        }

        return isComplete;
    }

    private void CountReference(ReferenceRequest reference)
    {
        var settings = _context.Space.SettingsUnder(reference.Setting, _context.Largest);
        foreach (var node in _context.SubAgents.Where(_context.Largest.IsActive))
        {
            var line = Line(node, settings[node]!.Value);
            var most = _context.Largest.Counts[node];
            line.ReferencesMost += most;
            line.ReferencesLeast += IsCertain(node) ? most : 0;
        }
    }

    private void CountUnknown()
    {
        foreach (var node in _context.SubAgents)
        {
            var most = _nearest.Of(node).Count == 0 ? 1 : IsSelector(node) ? 2 + _context.Options.SelectorVariants : MostVariants;
            CountSettings(node, IsCertain(node) ? 1 : 0, most);
        }
    }

    private void CountComposed(IReadOnlyList<PlannedCell> cells)
    {
        foreach (var node in _context.SubAgents.Where(node => _nearest.Of(node).Count > 0))
        {
            var known = cells.Where(planned => planned.Node == node).Select(planned => planned.Cell)
                .Select(cell => (cell.Variant, cell.InputsRight, cell.RightCandidates, cell.Candidates)).Distinct().ToList();
            var most = IsSelector(node)
                ? _context.Options.SelectorVariants - known.Count(inputs => inputs.Variant == InputVariant.Composed)
                : 2 - known.DistinctBy(inputs => inputs.InputsRight).Count();
            CountSettings(node, 0, Math.Max(0, most));
        }
    }

    private void CountSettings(int node, int least, int most)
    {
        foreach (var setting in _context.Space.Of(node).Where(setting => !_dropped.Contains((node, setting))))
        {
            Line(node, setting).Least += least * _planner.Repetitions(node);
            Line(node, setting).Most += most * _planner.Repetitions(node);
        }
    }

    private bool IsSelector(int node) => _context.Descriptor.Graph.Nodes[node].Candidates is not null;

    // A branch may not be taken, and there may be nothing to repair.
    private bool IsCertain(int node) => _context.Descriptor.Graph.Nodes[node] is { Condition: null, Repair: null };
}
