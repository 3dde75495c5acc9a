namespace FlowCompile.Scoring;

/// <summary>Decides whether two answers that were read are the same.</summary>
internal sealed class AnswerComparer(Algebra algebra)
{
    public bool AreEqual(MathAnswer a, MathAnswer b) => (a, b) switch
    {
        (MathAnswer.Expression x, MathAnswer.Expression y) => new QuantityComparer(algebra).AreEqual(x.Value, y.Value),
        (MathAnswer.Verdict x, MathAnswer.Verdict y) => x.Words == y.Words,
        (MathAnswer.Based x, MathAnswer.Based y) => x == y,
        (MathAnswer.Based x, MathAnswer.Expression y) => y.Value.TryRational(out var number) && number.ToString() == x.Digits.TrimStart('0'),
        (MathAnswer.Assigned x, MathAnswer.Assigned y) => x.Name == y.Name && AreEqual(x.Value, y.Value),
        (MathAnswer.Assigned x, MathAnswer.Equation y) => x.Value is MathAnswer.Expression value && AreProportional(algebra.Subtract(x.Left, value.Value), y.Zero),
        (MathAnswer.Assigned x, _) when b is not MathAnswer.Equation => AreEqual(x.Value, b),
        (MathAnswer.Equation x, MathAnswer.Equation y) => AreProportional(x.Zero, y.Zero),
        (MathAnswer.Matrix x, MathAnswer.Matrix y) => x.IsDeterminant == y.IsDeterminant && AreAllEqual(x.Rows, y.Rows, (p, q) => AreAllEqual(p, q, AreEqual)),
        (MathAnswer.Matrix x, MathAnswer.Sequence y) => IsVector(y) && !x.IsDeterminant && x.Rows.All(row => row.Count == 1) && AreAllEqual([.. x.Rows.Select(row => row[0])], y.Items, AreEqual),
        (MathAnswer.Sequence x, MathAnswer.Sequence y) when x.Items.Count == y.Items.Count =>
            (x.Open == y.Open && x.Close == y.Close || IsVector(x) && IsVector(y)) && AreAllEqual(x.Items, y.Items, AreEqual),
        (MathAnswer.Many x, MathAnswer.Many y) => AreSameSet(x.Items, y.Items),
        (MathAnswer.Many { Items: [var only] }, _) => AreEqual(only, b),
        (MathAnswer.Numbers, _) => AnswerSets.AsNumbers(a) is { } left && AnswerSets.AsNumbers(b) is { } right && left.IsEqualTo(right),
        (_, MathAnswer.Assigned or MathAnswer.Based or MathAnswer.Matrix or MathAnswer.Numbers or MathAnswer.Many { Items.Count: 1 }) when Rank(a) < Rank(b) => AreEqual(b, a),
        _ => false,
    };

    // Mixed pairs are decided once, from the side that knows the other; the rank keeps that from going round in circles.
    private static int Rank(MathAnswer answer) => answer switch
    {
        MathAnswer.Assigned => 5,
        MathAnswer.Numbers => 4,
        MathAnswer.Many => 3,
        MathAnswer.Matrix or MathAnswer.Based => 2,
        _ => 1,
    };

    private static bool IsVector(MathAnswer.Sequence sequence) => (sequence.Open, sequence.Close) is ("(", ")") or ("⟨", "⟩");

    private static bool AreAllEqual<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, T, bool> equal) =>
        a.Count == b.Count && a.Zip(b).All(pair => equal(pair.First, pair.Second));

    private bool AreSameSet(IReadOnlyList<MathAnswer> a, IReadOnlyList<MathAnswer> b)
    {
        algebra.Spend(a.Count * (long)b.Count);
        return a.All(x => b.Any(y => AreEqual(x, y))) && b.All(y => a.Any(x => AreEqual(x, y)));
    }

    /// <summary>Whether two equations have the same solutions because one is the other times a number.</summary>
    private bool AreProportional(Quotient a, Quotient b)
    {
        var (left, right) = (ByVariables(algebra.Reduce(a.Top, Polynomial.One).Top), ByVariables(algebra.Reduce(b.Top, Polynomial.One).Top));
        var lead = left.Keys.FirstOrDefault();
        return lead is not null && right.TryGetValue(lead, out var scale) && left.Count == right.Count
            && left.All(term => right.TryGetValue(term.Key, out var other)
                && algebra.Multiply(term.Value, scale).Text == algebra.Multiply(other, left[lead]).Text);
    }

    /// <summary>The coefficient of each product of variables.</summary>
    private static Dictionary<Monomial, Polynomial> ByVariables(Polynomial sum) => sum.Terms
        .GroupBy(term => term.Key.Only(IsVariable))
        .ToDictionary(group => group.Key, group => Polynomial.Of(group.Select(term => KeyValuePair.Create(term.Key.Only(kind => !IsVariable(kind)), term.Value))));

    private static bool IsVariable(AtomKind kind) => kind is AtomKind.Variable or AtomKind.Function;
}
