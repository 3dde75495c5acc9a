namespace FlowCompile.Compilation;

/// <summary>
/// How coarsely each part of a large term may be solved, so that the whole loses at most a given accuracy. A part is thinned by keeping
/// points such that each point dropped has one left that is no slower and less accurate by at most its step. The accuracy of the whole
/// is linear in that of each part, so a loss in a part counts at most by what the other parts let through: <c>a then b</c> loses
/// <c>loss(a) max(b) + max(a) loss(b)</c>, <c>a or b</c> loses <c>loss(a) (1 - min(b)) + (1 - min(a)) loss(b)</c>.
/// </summary>
internal sealed class ThinningPlan
{
    private readonly IReadOnlyList<SettingProfile>[] _rows;
    private readonly Dictionary<Term, (double Min, double Max)> _ranges = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Term, (double Own, double Sensitivity)> _shares = new(ReferenceEqualityComparer.Instance);

    private ThinningPlan(IReadOnlyList<SettingProfile>[] rows) => _rows = rows;

    /// <summary>Shares an accuracy loss out over the parts of terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">For each node its rows.</param>
    /// <param name="loss">What they may lose together.</param>
    public static ThinningPlan Create(IReadOnlyList<Term> terms, IReadOnlyList<SettingProfile>[] rows, double loss)
    {
        var plan = new ThinningPlan(rows);
        var share = loss / terms.Count;
        foreach (var term in terms)
        {
            // The whole is thinned most: its points are those that remain.
            plan.Measure(term);
            plan.Share(term, 1, share / 4, share * 3 / 4 / Math.Max(1, Count(term) - 1));
        }

        return plan;
    }

    /// <summary>The step of a part; 0 for one that must stay exact.</summary>
    public double StepOf(Term term) => _shares.TryGetValue(term, out var share) ? Scaled(share.Own, share.Sensitivity) : 0;

    /// <summary>What a part with all that is in it may lose.</summary>
    public double AllowanceOf(Term term) => _shares.TryGetValue(term, out var share) ? Scaled(OwnOf(term), share.Sensitivity) : 0;

    /// <summary>Whether a part must stay exact.</summary>
    public bool IsExact(Term term) => !_shares.ContainsKey(term);

    /// <summary>What a combination of thinned parts loses.</summary>
    public double Loss(Term term, double left, double right) => term.Kind switch
    {
        TermKind.Either => (left * (1 - Range(term.Right!).Min)) + (right * (1 - Range(term.Left!).Min)) + (left * right),
        _ => (left * Range(term.Right!).Max) + (right * Range(term.Left!).Max),
    };

    private (double Min, double Max) Range(Term term) => _ranges[term];

    private static double Scaled(double own, double sensitivity) => sensitivity > 0 ? own / sensitivity : 1;

    private double OwnOf(Term? term) => term is not null && _shares.TryGetValue(term, out var share)
        ? share.Own + OwnOf(term.Left) + OwnOf(term.Right)
        : 0;

    private static bool IsThinned(Term term) => term.Kind is not (TermKind.Calls or TermKind.Repair);

    // Below a repair a lost accuracy would cost latency, so what is repaired stays exact.
    private static int Count(Term term) => IsThinned(term) ? 1 + Count(term.Left!) + Count(term.Right!) : 0;

    private void Share(Term term, double sensitivity, double own, double each)
    {
        if (!IsThinned(term))
        {
            return;
        }

        _shares[term] = (own, sensitivity);
        var (left, right) = (Range(term.Left!), Range(term.Right!));
        var (toLeft, toRight) = term.Kind switch
        {
            TermKind.Either => (1 - right.Min, 1 - left.Min),
            TermKind.Mix => (term.Weight, 1 - term.Weight),
            _ => (right.Max, left.Max),
        };
        Share(term.Left!, sensitivity * toLeft, each, each);
        Share(term.Right!, sensitivity * toRight, each, each);
    }

    private (double Min, double Max) Measure(Term term)
    {
        if (!_ranges.TryGetValue(term, out var range))
        {
            range = term.Kind switch
            {
                TermKind.Calls => (Of(term, _rows[term.Node].Min(row => row.Accuracy)), Of(term, _rows[term.Node].Max(row => row.Accuracy))),
                TermKind.Repair => Repaired(Measure(term.Left!), term),
                _ => Combined(term, Measure(term.Left!), Measure(term.Right!)),
            };
            _ranges.Add(term, range);
        }

        return range;
    }

    private static double Of(Term calls, double accuracy) => 1 - Math.Pow(1 - accuracy, calls.Count);

    private (double Min, double Max) Repaired((double Min, double Max) target, Term term)
    {
        double After(double before, double fix) => before + ((1 - before) * RepairLoopModel.Mended(fix, term.Count));
        return (After(target.Min, _rows[term.Node].Min(row => row.Accuracy)), After(target.Max, _rows[term.Node].Max(row => row.Accuracy)));
    }

    private static (double Min, double Max) Combined(Term term, (double Min, double Max) left, (double Min, double Max) right)
    {
        double Both(double p, double q) => term.Kind switch
        {
            TermKind.Either => FrontCombiner.Accuracy(AccuracyRule.Either, p, q),
            TermKind.Mix => (p * term.Weight) + (q * (1 - term.Weight)),
            _ => p * q,
        };
        return (Both(left.Min, right.Min), Both(left.Max, right.Max));
    }
}
