namespace FlowCompile.Scoring;

/// <summary>Decides whether two answers that were read are the same.</summary>
internal sealed class AnswerComparer(Algebra algebra)
{
    public bool AreEqual(MathAnswer a, MathAnswer b) => (a, b) switch
    {
        (MathAnswer.Either x, _) => x.Readings.Any(reading => AreEqual(reading, b)),
        (_, MathAnswer.Either y) => y.Readings.Any(reading => AreEqual(a, reading)),
        (MathAnswer.Labelled x, MathAnswer.Labelled y) => Labels.Match(x, y) ? AreEqual(x.Value, y.Value) : Labels.Turned(x) is { } turned && Labels.Match(turned, y) && AreEqual(turned.Value, y.Value),
        (MathAnswer.Labelled x, _) => AreEqual(x.Value, b),
        (_, MathAnswer.Labelled y) => AreEqual(a, y.Value),
        (MathAnswer.Choice x, MathAnswer.Choice y) => x.Letter == y.Letter,
        (MathAnswer.Choice x, _) => IsNamed(b, x.Letter) || AreEqual(x.Content, b),
        (_, MathAnswer.Choice) => AreEqual(b, a),
        (MathAnswer.Modular x, MathAnswer.Modular y) => AreCongruent(x, y),
        (MathAnswer.Modular x, _) => AreEqual(x.Value, b),
        (_, MathAnswer.Modular) => AreEqual(b, a),
        (MathAnswer.Expression x, MathAnswer.Expression y) => new QuantityComparer(algebra).AreEqual(x.Value, y.Value),
        (MathAnswer.Verdict x, MathAnswer.Verdict y) => x.Words == y.Words,
        (MathAnswer.Based x, MathAnswer.Based y) => x == y,
        (MathAnswer.Based x, MathAnswer.Expression y) => y.Value.TryRational(out var number) && number.ToString() == x.Digits,
        (MathAnswer.Time or MathAnswer.Ratio, _) or (_, MathAnswer.Time or MathAnswer.Ratio) when a is not MathAnswer.Assigned && b is not MathAnswer.Assigned => Ratios.AreEqual(a, b, this, algebra),
        (MathAnswer.Assigned x, MathAnswer.Assigned y) => x.Name == y.Name || IsGraph(x, y) || IsGraph(y, x) ? AreEqual(x.Value, y.Value) : AreOneEquation(x, y),
        (MathAnswer.Assigned x, MathAnswer.Equation y) => x.Value is MathAnswer.Expression value && AreProportional(algebra.Subtract(x.Left, value.Value), y.Zero),
        (MathAnswer.Assigned x, _) when b is not MathAnswer.Equation => AreEqual(x.Value, b),
        (MathAnswer.Equation x, MathAnswer.Equation y) => AreProportional(x.Zero, y.Zero),
        (MathAnswer.Equation { Value: { } value }, MathAnswer.Expression y) => new QuantityComparer(algebra).AreEqual(value, y.Value),
        (MathAnswer.Expression, MathAnswer.Equation) => AreEqual(b, a),
        (MathAnswer.Order x, MathAnswer.Order y) => x.Strict == y.Strict && IsPositiveMultiple(x.Difference, y.Difference),
        (MathAnswer.Matrix x, MathAnswer.Matrix y) => AreAllEqual(x.Rows, y.Rows, (p, q) => AreAllEqual(p, q, AreEqual)),
        (MathAnswer.Matrix x, MathAnswer.Sequence y) => IsVector(x, y) || IsNested(x, y),
        (MathAnswer.Progression x, MathAnswer.Progression y) => AreAllEqual(x.Items, y.Items, AreEqual),
        (MathAnswer.Sequence x, MathAnswer.Sequence y) when x.Items.Count == y.Items.Count =>
            (x.Open == y.Open && x.Close == y.Close || IsVector(x) && IsVector(y)) && AreAllEqual(x.Items, y.Items, AreEqual),
        (MathAnswer.Many x, MathAnswer.Many y) => Lists.IsOrdered(x, y) ? AreAllEqual(x.Items, y.Items, AreEqual) : AreSameSet(x.Items, y.Items),
        (MathAnswer.Many { Items: [var only] }, _) when only is not MathAnswer.Many => AreEqual(only, b),

        // "1/2, or 50%" says one thing twice.
        (MathAnswer.Many { Items.Count: 2 } x, MathAnswer.Expression) => x.Items.All(item => AreEqual(item, b)),
        (MathAnswer.Many x, MathAnswer.Sequence y) when Lists.AreNamed(x) && IsVector(y) => AreAllEqual(x.Items, y.Items, AreEqual),
        (MathAnswer.Many x, MathAnswer.Sequence { Open: "[", Close: "]" } y) when y.Items.Count > 2 => AreSameSet(x.Items, y.Items),
        (MathAnswer.Numbers, _) => AnswerSets.AsNumbers(a) is { } left && AnswerSets.AsNumbers(b) is { } right && left.IsEqualTo(right),
        (_, MathAnswer.Assigned or MathAnswer.Based or MathAnswer.Matrix or MathAnswer.Numbers or MathAnswer.Many) when Rank(a) < Rank(b) => AreEqual(b, a),
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

    private static bool IsNamed(MathAnswer answer, string letter) => answer is MathAnswer.Expression { Value: var value } && value.AsVariable() == letter;

    // x = 2y + 1 is y = (x - 1) / 2.
    private bool AreOneEquation(MathAnswer.Assigned a, MathAnswer.Assigned b) => !a.IsFunction && !b.IsFunction
        && a.Value is MathAnswer.Expression { Value: var x } && b.Value is MathAnswer.Expression { Value: var y } && x.Atoms.Any(atom => atom.Kind == AtomKind.Variable) && y.Atoms.Any(atom => atom.Kind == AtomKind.Variable)
        && AreProportional(algebra.Subtract(a.Left, x), algebra.Subtract(b.Left, y));

    // y = 2x is the graph of f(x) = 2x.
    private static bool IsGraph(MathAnswer.Assigned a, MathAnswer.Assigned b) => a is { Name: "y", IsFunction: false } && b.IsFunction;

    private bool AreCongruent(MathAnswer.Modular a, MathAnswer.Modular b) => algebra.AreEqual(a.Modulus, b.Modulus)
        && (AreEqual(a.Value, b.Value) || (a.Value is MathAnswer.Expression { Value: var x } && b.Value is MathAnswer.Expression { Value: var y } && a.Modulus.TryRational(out var modulus) && !modulus.IsZero
            && x.TryRational(out var left) && y.TryRational(out var right) && ((left - right) / modulus).IsWhole));

    private static bool IsVector(MathAnswer.Sequence sequence) => (sequence.Open, sequence.Close) is ("(", ")") or ("⟨", "⟩");

    // A row or a column is the tuple of its numbers.
    private bool IsVector(MathAnswer.Matrix matrix, MathAnswer.Sequence tuple) => (IsVector(tuple) || (tuple.Open, tuple.Close) is ("[", "]"))
        && (matrix.Rows.All(row => row.Count == 1) || matrix.Rows.Count == 1)
        && AreAllEqual([.. matrix.Rows.SelectMany(row => row)], tuple.Items, AreEqual);

    // [[1, 2], [3, 4]]
    private bool IsNested(MathAnswer.Matrix matrix, MathAnswer.Sequence rows) => rows.Items.All(row => row is MathAnswer.Sequence)
        && AreAllEqual(matrix.Rows, [.. rows.Items.Cast<MathAnswer.Sequence>().Select(row => row.Items)], (p, q) => AreAllEqual(p, q, AreEqual));

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
        return (lead is not null && right.TryGetValue(lead, out var scale) && left.Count == right.Count
            && left.All(term => right.TryGetValue(term.Key, out var other)
                && algebra.Multiply(term.Value, scale).Text == algebra.Multiply(other, left[lead]).Text))
            || PreciseComparer.AreProportional(a, b);
    }

    private bool IsPositiveMultiple(Quotient a, Quotient b) => AreProportional(a, b)
        && algebra.Divide(a, b).TryRational(out var ratio) && ratio.Sign > 0;

    /// <summary>The coefficient of each product of variables.</summary>
    private static Dictionary<Monomial, Polynomial> ByVariables(Polynomial sum) => sum.Terms
        .GroupBy(term => term.Key.Only(IsVariable))
        .ToDictionary(group => group.Key, group => Polynomial.Of(group.Select(term => KeyValuePair.Create(term.Key.Only(kind => !IsVariable(kind)), term.Value))));

    private static bool IsVariable(AtomKind kind) => kind is AtomKind.Variable or AtomKind.Function;
}
