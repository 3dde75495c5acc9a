namespace FlowCompile.Scoring;

/// <summary>Sets, intervals, tuples, matrices.</summary>
internal sealed partial class AnswerParser
{
    private MathAnswer? TrySets(IReadOnlyList<MathToken> tokens)
    {
        if (TokenRange.Split(tokens, "∈") is [_, var set])
        {
            return Read(set);
        }

        if (tokens is [var one] && (one.Is("∅") || one.Is("ℝ")))
        {
            return one.Is("∅") ? new MathAnswer.Many([]) : new MathAnswer.Numbers(IntervalSet.All);
        }

        var united = TokenRange.SplitUnion(tokens);
        if (united.Count > 1)
        {
            return new MathAnswer.Numbers(united.Select(ReadNumbers).Aggregate((a, b) => a.Union(b)));
        }

        if (TokenRange.Split(tokens, "∩") is { Count: > 1 } met)
        {
            return new MathAnswer.Numbers(met.Select(ReadNumbers).Aggregate((a, b) => a.Intersect(b)));
        }

        if (TokenRange.Split(tokens, "∖") is { Count: > 1 } parts)
        {
            return new MathAnswer.Numbers(parts.Skip(1).Aggregate(ReadNumbers(parts[0]), (rest, part) => rest.Intersect(ReadNumbers(part).Complement())));
        }

        // ℝ - {3}
        return tokens.Count > 2 && tokens[0].Is("ℝ") && tokens[1].Is("-")
            ? new MathAnswer.Numbers(ReadNumbers([.. tokens.Skip(2)]).Complement())
            : null;
    }

    private IntervalSet ReadNumbers(IReadOnlyList<MathToken> tokens) => Read(tokens) switch
    {
        MathAnswer.Expression { Value: var point } => AnswerSets.Point(point),
        MathAnswer.Assigned { Value: MathAnswer.Expression { Value: var point } } => AnswerSets.Point(point),
        var answer => AnswerSets.AsNumbers(answer) ?? throw new MathFormatException("no set of numbers"),
    };

    // ]1, 2[ leaves its bounds out.
    private MathAnswer.Numbers? TryOpenInterval(IReadOnlyList<MathToken> tokens)
    {
        if (tokens.Count < 5 || !(tokens[0].Is("]") || tokens[^1].Is("[")) || !(tokens[0].Text is "]" or "[" or "(") || !(tokens[^1].Text is "[" or "]" or ")"))
        {
            return null;
        }

        var items = TokenRange.Split([.. tokens.Skip(1).SkipLast(1)], ",", ";");
        return items.Count == 2
            && AnswerSets.AsNumbers(new MathAnswer.Sequence(tokens[0].Is("[") ? "[" : "(", tokens[^1].Is("]") ? "]" : ")", [.. items.Select(Read)])) is { } set
                ? new MathAnswer.Numbers(set)
                : null;
    }

    // [1, 2, 3]^T
    private MathAnswer.Matrix? TryTransposed(IReadOnlyList<MathToken> tokens)
    {
        var length = tokens.Count > 3 && tokens[^2].Is("^") && tokens[^1].Text == "T" ? 2
            : tokens.Count > 5 && tokens[^4].Is("^") && tokens[^3].Is("{") && tokens[^2].Text == "T" && tokens[^1].Is("}") ? 4 : 0;
        if (length == 0)
        {
            return null;
        }

        IReadOnlyList<MathToken> inner = [.. tokens.SkipLast(length)];
        return TokenRange.IsBracketed(inner) && Read(inner) is MathAnswer.Sequence row && row.Items.Count > 1 ? new MathAnswer.Matrix([.. row.Items.Select(item => (IReadOnlyList<MathAnswer>)[item])])
            : TokenRange.Environment(inner) is not null && TryMatrix(inner) is MathAnswer.Matrix matrix && matrix.Rows.All(cells => cells.Count == matrix.Rows[0].Count)
                ? new MathAnswer.Matrix([.. Enumerable.Range(0, matrix.Rows[0].Count).Select(column => (IReadOnlyList<MathAnswer>)[.. matrix.Rows.Select(cells => cells[column])])])
                : null;
    }

    // [1, 2; 3, 4]
    private MathAnswer.Matrix? TryRows(IReadOnlyList<MathToken> inner)
    {
        var rows = TokenRange.Split(inner, ";").ConvertAll(row => TokenRange.Split(row, ","));
        return rows.Count > 1 && rows[0].Count > 1 && rows.TrueForAll(row => row.Count == rows[0].Count)
            ? new MathAnswer.Matrix([.. rows.Select(row => (IReadOnlyList<MathAnswer>)[.. row.Select(Read)])])
            : null;
    }

    private MathAnswer? TryBracketed(IReadOnlyList<MathToken> tokens)
    {
        if (!TokenRange.IsBracketed(tokens))
        {
            return null;
        }

        IReadOnlyList<MathToken> inner = [.. tokens.Skip(1).SkipLast(1)];
        var (open, close) = (tokens[0].Text, tokens[^1].Text);
        if (open == "{{")
        {
            return TryBuilt(inner) ?? SetOf(inner);
        }

        if (open == "[" && TryRows(inner) is { } rows)
        {
            return rows;
        }

        var items = TokenRange.Split(inner, ",", ";");
        if (items.Count == 1)
        {
            return open == "⟨" ? new MathAnswer.Sequence(open, close, [Read(inner)])
                : open is "(" or "{" || inner is [{ Text: "begin" }, ..] ? Read(inner)
                : open == "[" && inner.Count > 1 && TokenRange.IsBracketed(inner) && inner[0].Is("[") ? new MathAnswer.Sequence(open, close, [Read(inner)])
                : null;
        }

        return items.Exists(IsDots) ? new MathAnswer.Progression([.. items.Select(ReadOrDots)])
            : open == "{" ? new MathAnswer.Many([.. items.Select(Read)])
            : new MathAnswer.Sequence(open, close, [.. items.Select(Read)]);
    }

    private MathAnswer SetOf(IReadOnlyList<MathToken> inner)
    {
        var items = inner.Count == 0 ? [] : TokenRange.Split(inner, ",", ";");
        return items.Exists(IsDots) ? new MathAnswer.Progression([.. items.Select(ReadOrDots)])
            : Listed(items.Select(Read));
    }

    // {x | x > 3}, {x : x > 3}, {x ∈ ℝ | x > 3}
    private MathAnswer? TryBuilt(IReadOnlyList<MathToken> inner)
    {
        foreach (var bar in (ReadOnlySpan<string>)["|", ":"])
        {
            if (TokenRange.Split(inner, bar) is [var variable, var condition] && variable.Count > 0
                && (variable is [{ Kind: MathTokenKind.Letter }] || (variable[0].Kind == MathTokenKind.Letter && variable[1].Is("∈"))))
            {
                return Read(condition);
            }
        }

        return null;
    }

    private MathAnswer? TryMatrix(IReadOnlyList<MathToken> tokens)
    {
        // The determinant of a matrix is its number.
        if (tokens.Count > 1 && tokens[0].IsCommand("det"))
        {
            var of = TokenRange.IsBracketed([.. tokens.Skip(1)]) && !tokens[1].IsCommand("begin") ? tokens.Skip(2).SkipLast(1) : tokens.Skip(1);
            return TryMatrix([.. of]) is MathAnswer.Matrix square ? Determinant(square) : null;
        }

        if (tokens.Count > 2 && tokens[0].Is("|") && tokens[^1].Is("|") && tokens[1].IsCommand("begin"))
        {
            return TryMatrix([.. tokens.Skip(1).SkipLast(1)]) is MathAnswer.Matrix barred ? Determinant(barred) : null;
        }

        var start = tokens.TakeWhile(token => !token.IsCommand("begin")).Count();
        if (start > 0 && TokenRange.Environment([.. tokens.Skip(start)]) is not null)
        {
            IReadOnlyList<MathToken> before = [.. tokens.Take(tokens[start - 1].Is("*") ? start - 1 : start)];
            var factor = before is [var sign] && (sign.Is("-") || sign.Is("+")) ? Quotient.Of(sign.Is("-") ? -1 : 1) : ExpressionParser.Read(before, algebra);
            return TryMatrix([.. tokens.Skip(start)]) is MathAnswer.Matrix matrix ? Scaled(factor, matrix) : null;
        }

        if (TokenRange.Environment(tokens) is not { } found)
        {
            return null;
        }

        var rows = TokenRange.Split(found.Body, "\\\\").Where(row => row.Count > 0)
            .Select(row => (IReadOnlyList<MathAnswer>)[.. TokenRange.Split(row, "&").Select(Read)]).ToList();
        return found.Name == "vmatrix" ? Determinant(new MathAnswer.Matrix(rows)) : new MathAnswer.Matrix(rows);
    }

    private MathAnswer.Matrix Scaled(Quotient factor, MathAnswer.Matrix matrix) => new(
        [.. matrix.Rows.Select(row => (IReadOnlyList<MathAnswer>)[.. row.Select(cell => new MathAnswer.Expression(algebra.Multiply(factor, ValueOf(cell))))])]);

    private MathAnswer.Expression Determinant(MathAnswer.Matrix matrix)
    {
        var rows = matrix.Rows.Select(row => row.Select(ValueOf).ToArray()).ToArray();
        return rows.Length is > 0 and <= 5 && rows.All(row => row.Length == rows.Length)
            ? new MathAnswer.Expression(Determinant(rows))
            : throw new MathFormatException("a determinant of something else than a small square");
    }

    // By its first row.
    private Quotient Determinant(Quotient[][] rows)
    {
        if (rows.Length == 1)
        {
            return rows[0][0];
        }

        var sum = Quotient.Zero;
        for (var column = 0; column < rows.Length; column++)
        {
            Quotient[][] rest = [.. rows.Skip(1).Select(row => row.Where((_, index) => index != column).ToArray())];
            var term = algebra.Multiply(rows[0][column], Determinant(rest));
            sum = algebra.Add(sum, column % 2 == 0 ? term : Algebra.Negate(term));
        }

        return sum;
    }

    private static Quotient ValueOf(MathAnswer cell) => cell is MathAnswer.Expression { Value: var value } ? value : throw new MathFormatException("a matrix of something else than expressions");
}
