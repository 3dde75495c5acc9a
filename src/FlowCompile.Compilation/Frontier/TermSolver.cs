namespace FlowCompile.Compilation;

/// <summary>Solves terms part by part, each term once, and finds the settings behind a point.</summary>
internal sealed class TermSolver
{
    private const long ExactPairs = 1 << 14;
    private const int FewPoints = 1 << 9;
    private const int ManyPoints = 1 << 12;
    private const int ManyParts = 8;
    private readonly FrontCombiner _combiner;
    private readonly Schedule _schedule;
    private readonly IReadOnlyList<SettingProfile>[] _rows;
    private readonly Dictionary<Term, Front> _fronts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Front> _repairers = [];
    private readonly ThinningPlan? _thinning;

    /// <summary>Creates a solver.</summary>
    /// <param name="combiner">What combines fronts.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="rows">For each node of the graph the rows that settings are chosen from.</param>
    /// <param name="thinning">How coarse each part may be; <see langword="null"/> for exact fronts.</param>
    public TermSolver(FrontCombiner combiner, Schedule schedule, IReadOnlyList<SettingProfile>[] rows, ThinningPlan? thinning = null)
    {
        _thinning = thinning;
        _combiner = combiner;
        _schedule = schedule;
        _rows = rows;
    }

    /// <summary>The front of a term.</summary>
    public Front Solve(Term term)
    {
        if (!_fronts.TryGetValue(term, out var front))
        {
            front = term.Kind switch
            {
                _ when IsLongSum(term) => SolveSum(term),
                TermKind.Calls => Calls(term.Node, term.Count),
                TermKind.Repair => _combiner.Repair(Solve(term.Left!), Repairer(term.Node), term.Count),
                TermKind.Mix => Combine(
                    term, FrontCombiner.Weigh(Solve(term.Left!), term.Weight), FrontCombiner.Weigh(Solve(term.Right!), 1 - term.Weight), AccuracyRule.Sum),
                TermKind.Either => Combine(term, Solve(term.Left!), Solve(term.Right!), AccuracyRule.Either),
                _ => Combine(term, Solve(term.Left!), Solve(term.Right!), AccuracyRule.Both),
            };
            _fronts[term] = front;
        }

        return front;
    }

    /// <summary>The rows of a repairer, of which nothing is known but what one attempt does.</summary>
    public Front Repairer(int node)
    {
        if (!_repairers.TryGetValue(node, out var front))
        {
            front = Rows(node, (row, i) => _combiner.Point(CallValues.Of(row), i));
            _repairers.Add(node, front);
        }

        return front;
    }

    /// <summary>Writes down the settings behind a point of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="index">The point's place in its front.</param>
    /// <param name="settings">Where they are written down, earlier attempts first.</param>
    public void Trace(Term term, int index, CallTrace settings)
    {
        var point = Solve(term)[index];
        switch (term.Kind)
        {
            case TermKind.Calls:
                settings.Add(term.Node, _rows[term.Node][point.Left].Setting, isAttempt: false);
                break;
            case TermKind.Repair:
                Trace(term.Left!, point.Left, settings);
                TraceRepairer(term.Node, point.Right, settings);
                break;
            default:
                Trace(term.Left!, point.Left, settings);
                Trace(term.Right!, point.Right, settings);
                break;
        }
    }

    /// <summary>Writes down the setting behind a repairer's row.</summary>
    public void TraceRepairer(int node, int index, CallTrace settings) => settings.Add(node, _rows[node][Repairer(node)[index].Left].Setting, isAttempt: true);

    // Parts that add up can be bounded together, which proves far more than a loss for every step between them.
    private bool IsLongSum(Term term) => _thinning is not null && !_thinning.IsExact(term) && _combiner.Quantities == 1
        && term.Kind is TermKind.Series or TermKind.Both or TermKind.Either && _combiner.IsSum(sideBySide: term.Kind != TermKind.Series);

    // Few points for each part usually do, for there are many ways to put them together; if not, more do.
    private Front SolveSum(Term term)
    {
        var rule = term.Kind == TermKind.Either ? AccuracyRule.Either : AccuracyRule.Both;
        var parts = new List<Front>();
        Gather(term);
        for (var count = FewPoints; count <= ManyPoints && parts.Count >= ManyParts; count *= 2)
        {
            var front = Merge(term, count);
            var loss = ConcaveBound.LossOf(parts, front, rule);
            if (loss <= _thinning!.AllowanceOf(term))
            {
                return front with { Loss = loss };
            }
        }

        return Step(term);

        // Few parts leave gaps that the bound takes for losses: there, what each step loses is added up.
        Front Step(Term part)
        {
            if (part.Kind != term.Kind)
            {
                return Solve(part);
            }

            var front = Combine(part, Step(part.Left!), Step(part.Right!), rule);
            _fronts[part] = front;
            return front;
        }

        void Gather(Term part)
        {
            if (part.Kind != term.Kind)
            {
                parts.Add(Solve(part));
                return;
            }

            Gather(part.Left!);
            Gather(part.Right!);
        }

        Front Merge(Term part, int count)
        {
            if (part.Kind != term.Kind)
            {
                return Solve(part);
            }

            var (left, right) = (Merge(part.Left!, count), Merge(part.Right!, count));
            var range = FrontCombiner.Accuracy(rule, left[^1].Accuracy, right[^1].Accuracy) - FrontCombiner.Accuracy(rule, left[0].Accuracy, right[0].Accuracy);
            var step = (long)left.Count * right.Count > 8 * count ? range / count : 0;
            var front = _combiner.Combine(left, right, rule, sideBySide: part.Kind != TermKind.Series, step);
            _fronts[part] = front;
            return front;
        }
    }

    // Few pairs are combined exactly whatever the plan allows.
    private Front Combine(Term term, Front left, Front right, AccuracyRule rule)
    {
        var sideBySide = term.Kind is TermKind.Both or TermKind.Either;
        var step = (long)left.Count * right.Count > ExactPairs ? _thinning?.StepOf(term) ?? 0 : 0;
        var front = _combiner.Combine(left, right, rule, sideBySide, step);
        return _thinning is null ? front : front with { Loss = step + (term.Kind == TermKind.Mix ? left.Loss + right.Loss : _thinning.Loss(term, left.Loss, right.Loss)) };
    }

    private Front Calls(int node, int count) => Rows(node, (row, i) => _combiner.Point(
        new CallValues(
            1 - Math.Pow(1 - row.Accuracy, count),
            _schedule == Schedule.Sequential ? count * row.LatencySeconds : row.LatencySeconds,
            count * row.Cost,
            count * (row.EnergyJoules ?? double.NaN)),
        i));

    private Front Rows(int node, Func<SettingProfile, int, FrontPoint> point) => _combiner.Filter([.. _rows[node].Select(point)]);
}
