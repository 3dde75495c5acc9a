namespace FlowCompile.Scoring;

/// <summary>Reads what an answer is: a list, a set, a tuple, an interval, a matrix, an equation, or an expression.</summary>
internal sealed class AnswerParser(Algebra algebra)
{
    private const int MaxDepth = 12;
    private static readonly string[] s_relations = ["=", "<", ">", "≤", "≥", "≠"];
    private int _depth;

    /// <exception cref="MathFormatException">The text is no answer that is known.</exception>
    public static MathAnswer Read(string text, bool thousands, Algebra algebra) => new AnswerParser(algebra).Read(MathLexer.Read(text, thousands));

    private MathAnswer Read(IReadOnlyList<MathToken> tokens)
    {
        if (++_depth > MaxDepth || tokens.Count == 0)
        {
            throw new MathFormatException(tokens.Count == 0 ? "nothing there" : "too deep an answer");
        }

        MathAnswer answer = TryWords(tokens) ?? TryList(tokens) ?? TrySets(tokens) ?? TryRelation(tokens) ?? TryBracketed(tokens) ?? TryMatrix(tokens) ?? TryBased(tokens)
            ?? TryPlusMinus(tokens) ?? (MathAnswer)new MathAnswer.Expression(ExpressionParser.Read(tokens, algebra));
        _depth--;
        return answer;
    }

    private static MathAnswer.Verdict? TryWords(IReadOnlyList<MathToken> tokens) =>
        tokens[0].Kind == MathTokenKind.Word && tokens.All(token => token.Kind is MathTokenKind.Word or MathTokenKind.Letter)
            ? new MathAnswer.Verdict(string.Join(' ', tokens.Select(token => token.Text.ToLowerInvariant())))
            : null;

    private MathAnswer? TryList(IReadOnlyList<MathToken> tokens)
    {
        // Inequalities are joined by what the word says; other answers are listed by it.
        foreach (var word in (ReadOnlySpan<string>)["or", "and"])
        {
            if (TokenRange.Split(tokens, word) is { Count: > 1 } parts && parts.TrueForAll(part => part.Count > 0))
            {
                var answers = parts.Select(Read).ToList();
                return !answers.TrueForAll(answer => answer is MathAnswer.Numbers) ? Listed(answers) : new MathAnswer.Numbers(
                    answers.Select(answer => ((MathAnswer.Numbers)answer).Set).Aggregate((a, b) => word == "or" ? a.Union(b) : a.Intersect(b)));
            }
        }

        var items = TokenRange.Split(tokens, ",", ";", "and", "or");
        return items.Count > 1 ? Listed(items.Where(item => item.Count > 0).Select(Read)) : null;
    }

    // 1, 2 and 3 is one list.
    private static MathAnswer.Many Listed(IEnumerable<MathAnswer> answers) =>
        new([.. answers.SelectMany(answer => answer is MathAnswer.Many many ? many.Items : [answer])]);

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

        return TokenRange.Split(tokens, "∖") is { Count: > 1 } parts
            ? new MathAnswer.Numbers(parts.Skip(1).Aggregate(ReadNumbers(parts[0]), (rest, part) => rest.Intersect(ReadNumbers(part).Complement())))
            : null;
    }

    private IntervalSet ReadNumbers(IReadOnlyList<MathToken> tokens) =>
        AnswerSets.AsNumbers(Read(tokens)) ?? throw new MathFormatException("no set of numbers");

    private MathAnswer? TryRelation(IReadOnlyList<MathToken> tokens)
    {
        var sides = TokenRange.Split(tokens, s_relations);
        if (sides.Count == 1)
        {
            return null;
        }

        var relations = tokens.Where((token, index) => s_relations.Contains(token.Text) && token.Kind == MathTokenKind.Symbol && TokenRange.DepthAt(tokens, index) == 0).Select(token => token.Text).ToList();
        return relations.All(relation => relation == "=") ? Equation(sides) : AnswerSets.Inequality([.. sides.Select(side => ExpressionParser.Read(side, algebra))], relations, algebra);
    }

    private MathAnswer Equation(List<IReadOnlyList<MathToken>> sides)
    {
        var last = Read(sides[^1]);
        if (TokenRange.IsBracketed(sides[0]) && TokenRange.Split([.. sides[0].Skip(1).SkipLast(1)], ",").Count > 1)
        {
            return last;
        }

        var first = ExpressionParser.Read(sides[0], algebra);
        if (first.AsVariable() is { } name)
        {
            return new MathAnswer.Assigned(name, first, last);
        }

        // f(x) = ... names a function, whatever stands in the brackets.
        if (sides[0] is [{ Kind: MathTokenKind.Letter, Text: not ("e" or "i" or "pi") } function, { Text: "(" }, .., { Text: ")" }])
        {
            return new MathAnswer.Assigned(function.Text, first, last);
        }

        if (last is not MathAnswer.Expression { Value: var right })
        {
            return last;
        }

        // 6 * 7 = 42 and 5 = x answer with what they come to.
        return right.AsVariable() is { } variable ? new MathAnswer.Assigned(variable, right, new MathAnswer.Expression(first))
            : first.Atoms.Concat(right.Atoms).All(atom => atom.Kind != AtomKind.Variable) ? last
            : new MathAnswer.Equation(algebra.Subtract(first, right));
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
            return new MathAnswer.Many(inner.Count == 0 ? [] : [.. TokenRange.Split(inner, ",", ";").Select(Read)]);
        }

        var items = TokenRange.Split(inner, ",", ";");
        return items.Count > 1 ? new MathAnswer.Sequence(open, close, [.. items.Select(Read)])
            : open == "⟨" ? new MathAnswer.Sequence(open, close, [Read(inner)])
            : open is "(" or "{" || inner is [{ Text: "begin" }, ..] ? Read(inner)
            : null;
    }

    private MathAnswer.Matrix? TryMatrix(IReadOnlyList<MathToken> tokens)
    {
        var start = tokens.TakeWhile(token => !token.IsCommand("begin")).Count();
        if (start > 0 && TokenRange.Environment([.. tokens.Skip(start)]) is not null)
        {
            return Scaled(ExpressionParser.Read([.. tokens.Take(tokens[start - 1].Is("*") ? start - 1 : start)], algebra), TryMatrix([.. tokens.Skip(start)])!);
        }

        if (TokenRange.Environment(tokens) is not { } matrix)
        {
            return null;
        }

        var rows = TokenRange.Split(matrix.Body, "\\\\").Where(row => row.Count > 0)
            .Select(row => (IReadOnlyList<MathAnswer>)[.. TokenRange.Split(row, "&").Select(Read)]).ToList();
        return new MathAnswer.Matrix(rows, matrix.Name == "vmatrix");
    }

    private MathAnswer.Matrix Scaled(Quotient factor, MathAnswer.Matrix matrix) => matrix.IsDeterminant ? throw new MathFormatException("a multiple of a determinant") : matrix with
    {
        Rows = [.. matrix.Rows.Select(row => (IReadOnlyList<MathAnswer>)[.. row.Select(cell => cell is MathAnswer.Expression { Value: var value }
            ? new MathAnswer.Expression(algebra.Multiply(factor, value))
            : throw new MathFormatException("a matrix of something else than expressions"))])],
    };

    private static MathAnswer.Based? TryBased(IReadOnlyList<MathToken> tokens) =>
        tokens.Count > 2 && tokens[0] is { Kind: MathTokenKind.Number, Value.IsWhole: true } digits && tokens[1].Is("_")
        && tokens.Skip(2).Where(token => !(token.Text is "{" or "}" or "(" or ")")).ToList() is [var number]
        && NumberWords.Read(number) is { } based
            ? new MathAnswer.Based(digits.Text, based)
            : null;

    private MathAnswer.Many? TryPlusMinus(IReadOnlyList<MathToken> tokens) => tokens.Any(token => token.Is("±"))
        ? new MathAnswer.Many([.. new[] { 1, -1 }.Select(sign => new MathAnswer.Expression(ExpressionParser.Read(tokens, algebra, sign)))])
        : null;
}
