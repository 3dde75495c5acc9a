namespace FlowCompile.Scoring;

/// <summary>Reads what an answer is: a list, a set, a tuple, an interval, a matrix, an equation, or an expression.</summary>
internal sealed partial class AnswerParser(Algebra algebra)
{
    private const int MaxDepth = 12;
    private static readonly string[] s_relations = ["=", "<", ">", "≤", "≥", "≠", "≡"];
    private int _depth;

    /// <exception cref="MathFormatException">The text is no answer that is known.</exception>
    public static MathAnswer Read(string text, Commas commas, Algebra algebra) => new AnswerParser(algebra).Read(MathLexer.Read(text, commas));

    private MathAnswer Read(IReadOnlyList<MathToken> tokens)
    {
        // "=> 36" says 36.
        if (tokens.Count > 1 && tokens[0].Is("→"))
        {
            tokens = [.. tokens.Skip(1)];
        }

        if (++_depth > MaxDepth || tokens.Count == 0)
        {
            throw new MathFormatException(tokens.Count == 0 ? "nothing there" : "too deep an answer");
        }

        MathAnswer answer = TryWords(tokens) ?? TryAffirmed(tokens) ?? TryModular(tokens) ?? TryApproximate(tokens) ?? TryMixed(tokens) ?? TryList(tokens) ?? TrySets(tokens) ?? TryRelation(tokens)
            ?? TryTime(tokens) ?? TryRatio(tokens) ?? TryOpenInterval(tokens) ?? TryTransposed(tokens) ?? TryBracketed(tokens) ?? TryMatrix(tokens) ?? TryBased(tokens) ?? TryPlusMinus(tokens) ?? (MathAnswer?)TryVector(tokens)
            ?? (MathAnswer)new MathAnswer.Expression(ExpressionParser.Read(tokens, algebra));
        _depth--;
        return answer;
    }

    private static MathAnswer? TryWords(IReadOnlyList<MathToken> tokens)
    {
        if (tokens[0].Kind != MathTokenKind.Word || !tokens.All(token => token.Kind is MathTokenKind.Word or MathTokenKind.Letter))
        {
            return null;
        }

        if (tokens is [{ Text: "noon" or "midnight" }])
        {
            return TryTime(tokens);
        }

        // "Option B"
        if (tokens is [{ Text: "option" or "Option" or "choice" or "Choice" or "answer" or "Answer" }, { Kind: MathTokenKind.Letter, Text.Length: 1 } letter])
        {
            return new MathAnswer.Expression(Quotient.Of(new Atom(AtomKind.Variable, letter.Text)));
        }

        var words = string.Join(' ', tokens.Select(token => token.Text.ToLowerInvariant()));
        return Phrases.IsNothing(words) ? new MathAnswer.Many([]) : new MathAnswer.Verdict(Phrases.Canonical(words));
    }

    // A denial among other things says what is not the answer.
    private static MathAnswer? TryAffirmed(IReadOnlyList<MathToken> tokens) => tokens.Any(token => token.Kind == MathTokenKind.Word && Phrases.IsDenial(token.Text))
        ? throw new MathFormatException("a denial is no answer")
        : null;

    // 17 = 2 (mod 5)
    private MathAnswer.Modular? TryModular(IReadOnlyList<MathToken> tokens)
    {
        var at = tokens.TakeWhile(token => !token.IsCommand("pmod")).Count();
        if (at == 0 || at == tokens.Count)
        {
            return null;
        }

        var opened = tokens[at - 1].Is("(");
        List<MathToken> modulus = [.. tokens.Skip(at + 1)];
        if (opened && modulus.Count > 0 && modulus[^1].Is(")"))
        {
            modulus.RemoveAt(modulus.Count - 1);
        }

        List<MathToken> value = [.. tokens.Take(opened ? at - 1 : at)];
        var sides = TokenRange.Split(value, "≡", "=");
        return new MathAnswer.Modular(Read(sides[^1]), ExpressionParser.Read(modulus, algebra));
    }

    // "1/3 ≈ 0.333" says both; "x ≈ 7" and "≈ 7" say 7.
    private MathAnswer? TryApproximate(IReadOnlyList<MathToken> tokens)
    {
        var sides = TokenRange.Split(tokens, "≈");
        if (sides.Count == 1)
        {
            return null;
        }

        var rounded = Read(sides[^1]);
        if (sides[0].Count == 0)
        {
            return rounded;
        }

        var exact = Read(sides[0]);
        return exact is MathAnswer.Expression { Value: var value } && value.Atoms.Any(atom => atom.Kind == AtomKind.Variable)
            ? value.AsVariable() is { } name ? new MathAnswer.Assigned(name, false, value, rounded) : rounded
            : exact is MathAnswer.Verdict ? rounded : new MathAnswer.Either([exact, rounded]);
    }

    // "4 and 2/3" is 14/3, or two answers.
    private MathAnswer.Either? TryMixed(IReadOnlyList<MathToken> tokens)
    {
        if (tokens.Count < 5 || tokens[0] is not { Kind: MathTokenKind.Number, Value.IsWhole: true } whole || !tokens[1].Is("and"))
        {
            return null;
        }

        var part = ExpressionParser.Read([.. tokens.Skip(2)], algebra);
        return part.TryRational(out var value) && value.Sign > 0 && value.CompareTo(Rational.One) < 0 && tokens.Skip(2).Any(token => token.Is("/") || token.IsCommand("frac"))
            ? new MathAnswer.Either([new MathAnswer.Expression(Quotient.Of(whole.Value + value)), new MathAnswer.Many([new MathAnswer.Expression(Quotient.Of(whole.Value)), new MathAnswer.Expression(part)])])
            : null;
    }

    private MathAnswer? TryList(IReadOnlyList<MathToken> tokens)
    {
        // Inequalities are joined by what the word says; other answers are listed by it.
        foreach (var word in (ReadOnlySpan<string>)["or", "and"])
        {
            if (TokenRange.Split(tokens, word) is { Count: > 1 } parts && parts.TrueForAll(part => part.Count > 0) && !parts.Exists(part => TokenRange.Split(part, ",").Count > 1))
            {
                var answers = parts.Select(Read).ToList();
                // x = 2 is one of what inequalities allow.
                if (answers.Exists(answer => answer is MathAnswer.Numbers))
                {
                    answers = answers.ConvertAll(answer => answer is MathAnswer.Assigned { IsFunction: false, Value: MathAnswer.Expression { Value: var point } } ? new MathAnswer.Numbers(AnswerSets.Point(point)) : answer);
                }

                if (answers.TrueForAll(answer => answer is MathAnswer.Numbers))
                {
                    return new MathAnswer.Numbers(answers.Select(answer => ((MathAnswer.Numbers)answer).Set).Aggregate((a, b) => word == "or" ? a.Union(b) : a.Intersect(b)));
                }

                if (word == "and" && Together(answers) is { } together)
                {
                    return together;
                }

                // (1, 2) or (3, 4): intervals, or pairs.
                return word == "or" && answers.TrueForAll(answer => answer is MathAnswer.Sequence or MathAnswer.Numbers) && answers.Select(AnswerSets.AsNumbers).ToList() is var sets && sets.TrueForAll(set => set is not null)
                    ? new MathAnswer.Either([Listed(answers), new MathAnswer.Numbers(sets.Aggregate(IntervalSet.Empty, (all, set) => all.Union(set!)))])
                    : Listed(answers);
            }
        }

        var items = TokenRange.Split(tokens, ",", ";", "and", "or", "&").Where(item => item.Count > 0).ToList();
        return items.Count < 2 ? items.Count == 1 && items[0].Count < tokens.Count ? Read(items[0]) : null
            : items.Exists(IsDots) ? new MathAnswer.Progression([.. items.Select(ReadOrDots)])
            : items.ConvertAll(Read) is var all && Together(all) is { } sum ? sum
            : all.TrueForAll(answer => answer is MathAnswer.Numbers) ? Conditions(all.ConvertAll(answer => ((MathAnswer.Numbers)answer).Set))
            : Listed(all);
    }

    // Conditions hold together; those that cannot are cases.
    private static MathAnswer.Numbers Conditions(List<IntervalSet> sets) => sets.Aggregate((a, b) => a.Intersect(b)) is { Intervals.Count: > 0 } both
        ? new MathAnswer.Numbers(both)
        : new MathAnswer.Numbers(sets.Aggregate((a, b) => a.Union(b)));

    // 5 feet, 6 inches; 1 hour and 30 minutes: two quantities, or their sum.
    private MathAnswer.Either? Together(List<MathAnswer> answers)
    {
        if (answers.Count > 3 || !answers.TrueForAll(answer => answer is MathAnswer.Expression))
        {
            return null;
        }

        var values = answers.ConvertAll(answer => ((MathAnswer.Expression)answer).Value);
        return new QuantityComparer(algebra).AreParts(values)
            ? new MathAnswer.Either([Listed(answers), new MathAnswer.Expression(values.Aggregate(algebra.Add))])
            : null;
    }

    private static bool IsDots(IReadOnlyList<MathToken> item) => item is [var dots] && dots.Is("…");

    private MathAnswer ReadOrDots(IReadOnlyList<MathToken> item) => IsDots(item) ? new MathAnswer.Verdict("…") : Read(item);

    // 1, 2 and 3 is one list.
    private static MathAnswer.Many Listed(IEnumerable<MathAnswer> answers) =>
        new([.. answers.SelectMany(answer => answer is MathAnswer.Many { Items.Count: > 0 } many ? many.Items : [answer])]);

    private MathAnswer? TryRatio(IReadOnlyList<MathToken> tokens)
    {
        var parts = TokenRange.Split(tokens, ":");

        // "Result: 42"
        if (parts is [var name, var named] && name.Count > 0 && name.All(token => token.Kind == MathTokenKind.Word))
        {
            return new MathAnswer.Labelled([.. name.Select(token => token.Text.ToLowerInvariant())], false, Read(named));
        }

        if (parts.Count == 1)
        {
            parts = TokenRange.Split(tokens, "to");
        }

        return parts.Count == 1 ? null : new MathAnswer.Ratio(
            [.. parts.Select(ReadOrDots)],
            parts.Count <= 3 && parts.TrueForAll(part => part is [{ Kind: MathTokenKind.Number, Value.IsWhole: true }]) && parts.Skip(1).All(part => part[0].Text.Length == 2 && part[0].Value.CompareTo(60) < 0)
                && parts[0][0].Value.CompareTo(25) < 0);
    }

    // 3:30 PM, 5 pm
    private static MathAnswer.Time? TryTime(IReadOnlyList<MathToken> tokens)
    {
        if (tokens[^1] is { Kind: MathTokenKind.Word, Text: "noon" or "midnight" } && (tokens.Count == 1 || tokens[0] is { Kind: MathTokenKind.Number, Text: "12" }))
        {
            return new MathAnswer.Time(tokens[^1].Text == "noon" ? 12 * 3600 : 0);
        }

        if (tokens.Count < 2 || tokens[^1] is not { Kind: MathTokenKind.Word, Text: "am" or "pm" } half)
        {
            return null;
        }

        var parts = TokenRange.Split([.. tokens.SkipLast(1)], ":");
        if (parts.Count > 3 || !parts.TrueForAll(part => part is [{ Kind: MathTokenKind.Number, Value.IsWhole: true }]))
        {
            return null;
        }

        var numbers = parts.Select(part => part[0].Value.Top).ToList();
        if (numbers[0] > 12 || numbers.Skip(1).Any(number => number > 59))
        {
            return null;
        }

        var hour = ((int)numbers[0] % 12) + (half.Text == "pm" ? 12 : 0);
        return new MathAnswer.Time((((hour * 60) + (numbers.Count > 1 ? (int)numbers[1] : 0)) * 60) + (numbers.Count > 2 ? (int)numbers[2] : 0));
    }

    private static MathAnswer.Based? TryBased(IReadOnlyList<MathToken> tokens) =>
        tokens.Count > 2 && tokens[0] is { Kind: MathTokenKind.Number, Value.IsWhole: true } digits && tokens[1].Is("_")
        && tokens.Skip(2).Where(token => !(token.Text is "{" or "}" or "(" or ")")).ToList() is [var number]
        && NumberWords.Read(number) is { } based
            ? new MathAnswer.Based(digits.Text.TrimStart('0') is { Length: > 0 } bare ? bare : "0", based)
            : null;

    private MathAnswer.Many? TryPlusMinus(IReadOnlyList<MathToken> tokens) => tokens.Any(token => token.Is("±") || token.Is("∓"))
        ? new MathAnswer.Many([.. new[] { 1, -1 }.Select(sign => new MathAnswer.Expression(ExpressionParser.Read(tokens, algebra, sign)))])
        : null;

    // 3i - 2j, in bold or with hats, is a vector; a bold i alone is the imaginary unit.
    private MathAnswer.Sequence? TryVector(IReadOnlyList<MathToken> tokens)
    {
        if (!tokens.Any(token => token.Kind == MathTokenKind.Letter && token.Text is "vec i" or "vec j" or "vec k"))
        {
            return null;
        }

        var sum = ExpressionParser.Read(tokens, algebra);
        var parts = new List<MathAnswer>();
        foreach (var name in (ReadOnlySpan<string>)["vec i", "vec j", "vec k"])
        {
            var unit = new Atom(AtomKind.Variable, name);
            var terms = sum.Top.Terms.Where(term => term.Key.PowerOf(unit).IsOne).Select(term => KeyValuePair.Create(Monomial.Of(term.Key.Factors.Where(factor => !factor.Atom.Equals(unit))), term.Value)).ToList();
            if (terms.Count > 0 || name != "vec k")
            {
                parts.Add(new MathAnswer.Expression(new Quotient(Polynomial.Of(terms), sum.Bottom)));
            }
        }

        return new MathAnswer.Sequence("(", ")", parts);
    }
}
