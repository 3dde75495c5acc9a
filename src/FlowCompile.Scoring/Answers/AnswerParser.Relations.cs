namespace FlowCompile.Scoring;

/// <summary>Equations, inequalities, and what they name.</summary>
internal sealed partial class AnswerParser
{
    private MathAnswer? TryRelation(IReadOnlyList<MathToken> tokens)
    {
        var sides = TokenRange.Split(tokens, s_relations);
        if (sides.Count == 1)
        {
            return null;
        }

        // "= 5" says 5.
        if (sides[0].Count == 0 && sides.Count == 2 && tokens[0].Is("="))
        {
            return Read(sides[1]);
        }

        var relations = tokens.Where((token, index) => s_relations.Contains(token.Text) && token.Kind == MathTokenKind.Symbol && TokenRange.DepthAt(tokens, index) == 0).Select(token => token.Text).ToList();
        return relations.TrueForAll(relation => relation is "=" or "≡") ? Equation(sides) : AnswerSets.Inequality([.. sides.Select(side => ExpressionParser.Read(side, algebra))], relations, algebra);
    }

    private MathAnswer Equation(List<IReadOnlyList<MathToken>> sides)
    {
        // "42 is the answer"
        if (sides.Count == 2 && sides[1].Count > 0 && sides[1].All(token => token.Kind == MathTokenKind.Word) && sides[0].Any(token => token.Kind == MathTokenKind.Number))
        {
            return Read(sides[0]);
        }

        var last = Read(sides[^1]);
        if (IsLabel(sides[0]))
        {
            var isRatio = TokenRange.Split(sides[0], ":").Count > 1;
            var isAngle = sides[0].Any(token => token is { Kind: MathTokenKind.Letter, Text: "angle" or "triangle" });
            return new MathAnswer.Labelled([.. sides[0].Where(token => isRatio || token.Kind == MathTokenKind.Word || (isAngle && token is { Kind: MathTokenKind.Letter, Text: not ("m" or "angle") })).Select(token => isRatio ? token.Text : token.Text.ToLowerInvariant())], isRatio, last);
        }

        if (FunctionName(sides[0]) is { } function)
        {
            return new MathAnswer.Assigned(function, true, TryExpression(sides[0]) ?? Quotient.One, last);
        }

        var first = ExpressionParser.Read(sides[0], algebra);
        if (first.AsVariable() is { } name)
        {
            return new MathAnswer.Assigned(name, false, first, last);
        }

        if (last is not MathAnswer.Expression { Value: var right })
        {
            return last;
        }

        // 6 * 7 = 42 and 5 = x answer with what they come to.
        return right.AsVariable() is { } variable ? new MathAnswer.Assigned(variable, false, right, new MathAnswer.Expression(first))
            : first.Atoms.Concat(right.Atoms).All(atom => !IsFree(atom)) ? last
            : new MathAnswer.Equation(algebra.Subtract(first, right), NamesQuantity(first) && !right.Top.IsZero && !right.Atoms.Any(IsFree) ? right : null);
    }

    private static bool IsFree(Atom atom) => atom.Kind == AtomKind.Variable || atom.Arguments.Any(argument => argument.Atoms.Any(IsFree))
        || (atom.Inner is { } inner && inner.Terms.Keys.SelectMany(monomial => monomial.Factors).Any(factor => IsFree(factor.Atom)));

    private Quotient? TryExpression(IReadOnlyList<MathToken> tokens)
    {
        try
        {
            return ExpressionParser.Read(tokens, algebra);
        }
        catch (MathFormatException)
        {
            return null; // f'(x) is a name, whatever stands in it.
        }
    }

    /// <summary>Whether a left side says what the right one is: words, a tuple of names, a ratio of names.</summary>
    private static bool IsLabel(IReadOnlyList<MathToken> side) =>
        side.Any(token => token.Kind == MathTokenKind.Word)
        || (TokenRange.IsBracketed(side) && TokenRange.Split([.. side.Skip(1).SkipLast(1)], ",").Count > 1)
        || (TokenRange.Split(side, ":").Count > 1 && side.All(token => token.Kind != MathTokenKind.Number || token.Text.Length == 1))
        || side.Any(token => token.Kind == MathTokenKind.Letter && token.Text is "angle" or "triangle")
        || (side.Count > 0 && side.Any(token => token.IsCommand("det") || token.Is("∥")));

    /// <summary>f(x), f'(x), P(A), S(n): the name of a function.</summary>
    private static string? FunctionName(IReadOnlyList<MathToken> side)
    {
        // dy/dx
        if (side.Count > 6 && side[0].IsCommand("frac") && side[2] is { Kind: MathTokenKind.Letter, Text: "d" or "partial" })
        {
            return "derivative";
        }

        if (side.Count < 4 || side[0] is not { Kind: MathTokenKind.Letter, Text: not ("e" or "i" or "pi") } function)
        {
            return null;
        }

        var at = 1;
        var name = function.Text;
        while (at < side.Count && side[at].Is("'"))
        {
            name += side[at++].Text;
        }

        // f^{-1}(x)
        if (at + 4 < side.Count && side[at].Is("^") && side[at + 1].Is("{") && side[at + 2].Is("-") && side[at + 3].Text == "1" && side[at + 4].Is("}"))
        {
            name += "^-1";
            at += 5;
        }

        if (at < side.Count && side[at].Is("_") && at + 1 < side.Count)
        {
            name += "_" + side[at + 1].Text;
            at += 2;
        }

        return TokenRange.IsBracketed([.. side.Skip(at)]) && at < side.Count && side[at].Is("(") ? name : null;
    }

    /// <summary>Whether an expression only names what is asked for: a + b, AB/CD, x - y, abc. Numbers before the variables, or powers, make it an equation.</summary>
    private static bool NamesQuantity(Quotient left) =>
        IsSine(left) || (left.Top.Terms.Concat(left.Bottom.Terms).All(term => term.Value == 1 || term.Value == -1)
        && left.Top.Terms.Keys.All(monomial => !monomial.IsOne)
        && left.Atoms.All(atom => atom.Kind == AtomKind.Variable)
        && left.Top.Terms.Keys.Concat(left.Bottom.Terms.Keys).SelectMany(monomial => monomial.Factors).All(factor => factor.Power.IsOne)
        && left.Atoms.Distinct().Count() > 1);

    // The sine of an angle that a letter names, the length |AB|.
    private static bool IsSine(Quotient left) => left.Bottom.TryRational(out var one) && one.IsOne && left.Top.TryTerm(out var monomial, out var coefficient) && coefficient.IsOne
        && monomial.Factors is [({ Head: "sin" or "cos" or "tan" or "abs" } sine, { IsOne: true })] && sine.Arguments[0].AsVariable() is { } name && (sine.Head != "abs" || name.Length > 1);
}
