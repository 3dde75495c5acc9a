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
                MathAnswer.Assigned assigned => AsNumbers(assigned.Value),
                _ => null,
            };
        }
        catch (MathFormatException)
        {
            return null;
        }
    }

    /// <summary>What a chain of inequalities allows its one variable to be: -2 ≤ x ≤ 7.</summary>
    /// <exception cref="MathFormatException">It is not about one variable, or its bounds are no numbers.</exception>
    public static MathAnswer Inequality(IReadOnlyList<Quotient> sides, IReadOnlyList<string> relations, Algebra algebra)
    {
        string? variable = null;
        var set = IntervalSet.All;
        for (var i = 0; i < relations.Count; i++)
        {
            var (left, right, relation) = (sides[i], sides[i + 1], relations[i]);
            if (left.AsVariable() is null)
            {
                (left, right, relation) = (right, left, relation switch { "<" => ">", ">" => "<", "≤" => "≥", "≥" => "≤", _ => relation });
            }

            if (left.AsVariable() is not { } name || (variable is not null && variable != name))
            {
                throw new MathFormatException("not an inequality of one variable and a number");
            }

            variable = name;
            right = algebra.Reduce(right.Top, right.Bottom);
            set = set.Intersect(relation switch
            {
                "<" => IntervalSet.Below(right, closed: false),
                "≤" => IntervalSet.Below(right, closed: true),
                ">" => IntervalSet.Above(right, closed: false),
                "≥" => IntervalSet.Above(right, closed: true),
                "≠" => Point(right).Complement(),
                _ => Point(right),
            });
        }

        return new MathAnswer.Numbers(set);
    }

    private static IntervalSet Point(Quotient value) => IntervalSet.Of(new IntervalSet.Bound(value, true), new IntervalSet.Bound(value, true));
}
