namespace FlowCompile.Scoring;

/// <summary>Answers as sets of real numbers.</summary>
internal static class AnswerSets
{
    /// <summary>The numbers an answer is, where it is a set of real numbers; an interval is written like a pair.</summary>
    public static IntervalSet? AsNumbers(MathAnswer answer)
    {
        try
        {
            return answer switch
            {
                MathAnswer.Numbers numbers => numbers.Set,
                MathAnswer.Sequence { Open: "(" or "[", Close: ")" or "]", Items: [MathAnswer.Expression low, MathAnswer.Expression high] } pair =>
                    IntervalSet.Of(new IntervalSet.Bound(low.Value, pair.Open == "["), new IntervalSet.Bound(high.Value, pair.Close == "]")),
                MathAnswer.Many many when many.Items.All(item => item is MathAnswer.Expression) =>
                    many.Items.Cast<MathAnswer.Expression>().Aggregate(IntervalSet.Empty, (set, item) => set.Union(Point(item.Value))),
                MathAnswer.Either either => either.Readings.Select(AsNumbers).FirstOrDefault(set => set is not null),
                MathAnswer.Assigned assigned => AsNumbers(assigned.Value),
                MathAnswer.Labelled labelled => AsNumbers(labelled.Value),
                _ => null,
            };
        }
        catch (MathFormatException)
        {
            return null;
        }
    }

    /// <summary>What a chain of inequalities allows its one variable to be: -2 ≤ x ≤ 7. One inequality may be of several variables.</summary>
    /// <exception cref="MathFormatException">It is none of these, or its bounds are no numbers.</exception>
    public static MathAnswer Inequality(IReadOnlyList<Quotient> sides, IReadOnlyList<string> relations, Algebra algebra)
    {
        string? variable = null;
        var set = IntervalSet.All;
        for (var i = 0; i < relations.Count; i++)
        {
            if (WithinBars(sides[i], relations[i], sides[i + 1], algebra) is var (inside, within) && (variable is null || variable == inside))
            {
                (variable, set) = (inside, set.Intersect(within));
                continue;
            }

            var difference = algebra.Subtract(sides[i], sides[i + 1]);
            if (Linear(difference, algebra) is not var (name, bound, rises) || (variable is not null && variable != name))
            {
                return relations is [var relation] && relation is not ("=" or "≡" or "≠")
                    ? new MathAnswer.Order(relation is ">" or "≥" ? difference : Algebra.Negate(difference), relation is "<" or ">")
                    : throw new MathFormatException("not an inequality of one variable and a number");
            }

            variable = name;
            set = set.Intersect((rises ? relations[i] : Turned(relations[i])) switch
            {
                "<" => IntervalSet.Below(bound, closed: false),
                "≤" => IntervalSet.Below(bound, closed: true),
                ">" => IntervalSet.Above(bound, closed: false),
                "≥" => IntervalSet.Above(bound, closed: true),
                "≠" => Point(bound).Complement(),
                _ => Point(bound),
            });
        }

        return new MathAnswer.Numbers(set);
    }

    /// <summary>|a x + b| against a number is two inequalities.</summary>
    private static (string Name, IntervalSet Set)? WithinBars(Quotient left, string relation, Quotient right, Algebra algebra)
    {
        if (Bars(left) is null && Bars(right) is not null)
        {
            (left, relation, right) = (right, Turned(relation), left);
        }

        if (Bars(left) is not { } inside || right.Atoms.Any(atom => atom.Kind is AtomKind.Variable or AtomKind.Unit) || relation is "=" or "≡" or "≠")
        {
            return null;
        }

        // |u| > c is what |u| ≤ c leaves out.
        var above = relation is ">" or "≥";
        var closed = relation is "≤" or ">";
        var (low, high) = (Linear(algebra.Add(inside, right), algebra), Linear(algebra.Subtract(inside, right), algebra));
        if (low is not var (name, first, rises) || high is not var (_, second, _))
        {
            return null;
        }

        var between = rises
            ? IntervalSet.Above(first, closed).Intersect(IntervalSet.Below(second, closed))
            : IntervalSet.Above(second, closed).Intersect(IntervalSet.Below(first, closed));
        return (name, above ? between.Complement() : between);
    }

    private static Quotient? Bars(Quotient value) => value.Bottom.TryRational(out var one) && one.IsOne && value.Top.TryTerm(out var monomial, out var coefficient) && coefficient.IsOne
        && monomial.Factors is [({ Head: "abs" } bars, { IsOne: true })]
            ? bars.Arguments[0]
            : null;

    private static string Turned(string relation) => relation switch { "<" => ">", ">" => "<", "≤" => "≥", "≥" => "≤", _ => relation };

    /// <summary>Of a x + b the variable, where it is 0, and whether a is above 0; <see langword="null"/> where it is not of that form.</summary>
    private static (string Name, Quotient Bound, bool Rises)? Linear(Quotient value, Algebra algebra)
    {
        var variables = value.Atoms.Where(atom => atom.Kind == AtomKind.Variable).Distinct().ToList();
        if (variables is not [var variable] || value.Bottom.Terms.Keys.Any(monomial => !monomial.PowerOf(variable).IsZero)
            || value.Top.Terms.Keys.Any(monomial => monomial.PowerOf(variable) is { IsZero: false, IsOne: false }))
        {
            return null;
        }

        var slope = Polynomial.Of(value.Top.Terms.Where(term => term.Key.PowerOf(variable).IsOne)
            .Select(term => KeyValuePair.Create(Monomial.Of(term.Key.Factors.Where(factor => !factor.Atom.Equals(variable))), term.Value)));
        var rest = Polynomial.Of(value.Top.Terms.Where(term => term.Key.PowerOf(variable).IsZero));
        return slope.IsZero ? null
            : (variable.Name, algebra.Reduce(rest.Times(-1), slope), Approximation.Of(new Quotient(slope, value.Bottom)) > 0);
    }

    /// <summary>The set of one number.</summary>
    public static IntervalSet Point(Quotient value) => IntervalSet.Of(new IntervalSet.Bound(value, true), new IntervalSet.Bound(value, true));
}
