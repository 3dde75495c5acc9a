namespace FlowCompile.Compilation;

/// <summary>Makes terms, each once, so that a part that several structures have in common is solved once.</summary>
internal sealed class TermPool(Schedule schedule)
{
    private readonly Dictionary<(TermKind Kind, int Left, int Right, int Node, int Count, double Weight), Term> _terms = [];
    private readonly Dictionary<Term, int> _ids = new(ReferenceEqualityComparer.Instance);

    public Term Calls(int node, int count) => Get(new Term(TermKind.Calls, null, null, node, count));

    public Term Series(Term? left, Term right) => left is null ? right : Get(new Term(TermKind.Series, left, right));

    // One call after another, side by side is as long as in a row.
    public Term Both(Term left, Term right) =>
        schedule == Schedule.Sequential ? Series(left, right) : Get(new Term(TermKind.Both, left, right));

    public Term Either(Term left, Term right) => Get(new Term(TermKind.Either, left, right));

    public Term Mix(Term left, Term right, double weight) => Get(new Term(TermKind.Mix, left, right, Weight: weight));

    public Term Repair(Term target, int node, int attempts) => Get(new Term(TermKind.Repair, target, null, node, attempts));

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
