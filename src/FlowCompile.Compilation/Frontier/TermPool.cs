namespace FlowCompile.Compilation;

/// <summary>Makes terms, each once, so that a part that several structures have in common is solved once.</summary>
/// <param name="schedule">The schedule.</param>
/// <param name="mayDiffer">Whether so many calls of a node may have different settings; <see langword="null"/> for none.</param>
internal sealed class TermPool(Schedule schedule, Func<int, int, bool>? mayDiffer = null)
{
    private readonly Dictionary<(TermKind Kind, int Left, int Right, int Node, int Count, double Weight), Term> _terms = [];
    private readonly Dictionary<Term, int> _ids = new(ReferenceEqualityComparer.Instance);

    /// <summary>The calls of a node; those that may differ as so many parts side by side, of which any will do.</summary>
    public Term Calls(int node, int count) => MayDiffer(node, count)
        ? Enumerable.Range(1, count - 1).Aggregate(Calls(node, 1), (all, _) => Either(all, Calls(node, 1)))
        : Get(new Term(TermKind.Calls, null, null, node, count));

    public Term Series(Term? left, Term right) => left is null ? right : Get(new Term(TermKind.Series, left, right));

    // One call after another, side by side is as long as in a row.
    public Term Both(Term left, Term right) =>
        schedule == Schedule.Sequential ? Series(left, right) : Get(new Term(TermKind.Both, left, right));

    public Term Either(Term left, Term right) => Get(new Term(TermKind.Either, left, right));

    public Term Mix(Term left, Term right, double weight) => Get(new Term(TermKind.Mix, left, right, Weight: weight));

    /// <summary>The repair of a part; attempts that may differ as so many repairs, each of what the one before it leaves.</summary>
    public Term Repair(Term target, int node, int attempts) => MayDiffer(node, attempts)
        ? Enumerable.Range(0, attempts).Aggregate(target, (repaired, _) => Repair(repaired, node, 1))
        : Get(new Term(TermKind.Repair, target, null, node, attempts));

    /// <summary>Whether so many calls of a node may have different settings.</summary>
    public bool MayDiffer(int node, int count) => count > 1 && mayDiffer is not null && mayDiffer(node, count);

    /// <summary>
    /// The same term with long runs of one kind balanced, <c>((a then b) then c) then d</c> => <c>(a then b) then (c then d)</c>: large
    /// parts meet only once.
    /// </summary>
    public Term Balance(Term term)
    {
        if (term.Kind is TermKind.Series or TermKind.Both or TermKind.Either)
        {
            var parts = new List<Term>();
            Flatten(term, term.Kind, parts);
            return Halves(term.Kind, [.. parts.Select(Balance)], 0, parts.Count);
        }

        return term.Kind switch
        {
            TermKind.Calls => term,
            TermKind.Repair => Repair(Balance(term.Left!), term.Node, term.Count),
            _ => Mix(Balance(term.Left!), Balance(term.Right!), term.Weight),
        };
    }

    private static void Flatten(Term term, TermKind kind, List<Term> parts)
    {
        if (term.Kind != kind)
        {
            parts.Add(term);
            return;
        }

        Flatten(term.Left!, kind, parts);
        Flatten(term.Right!, kind, parts);
    }

    private Term Halves(TermKind kind, List<Term> parts, int from, int to)
    {
        var middle = (from + to) >> 1;
        return to - from == 1 ? parts[from] : Get(new Term(kind, Halves(kind, parts, from, middle), Halves(kind, parts, middle, to)));
    }

    private Term Get(Term term)
    {
        var key = (term.Kind, IdOf(term.Left), IdOf(term.Right), term.Node, term.Count, term.Weight);
        if (!_terms.TryGetValue(key, out var known))
        {
            known = term;
            _terms.Add(key, known);
            _ids.Add(known, _ids.Count);
        }

        return known;
    }

    private int IdOf(Term? term) => term is null ? -1 : _ids[term];
}
