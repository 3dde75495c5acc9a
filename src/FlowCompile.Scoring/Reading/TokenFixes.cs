namespace FlowCompile.Scoring;

/// <summary>Replaces runs of tokens that stand for one thing.</summary>
internal static class TokenFixes
{
    private static readonly HashSet<string> s_money = new(StringComparer.Ordinal) { "dollar", "euro", "gbp", "yen", "rupee", "ruble", "won" };

    public static List<MathToken> Apply(List<MathToken> tokens)
    {
        var result = new List<MathToken>(tokens.Count);
        for (var i = 0; i < tokens.Count;)
        {
            i += Temperature(tokens, i, result) is > 0 and var temperature ? temperature
                : Arc(tokens, i, result) is > 0 and var arc ? arc
                : Degree(tokens, i, result) is > 0 and var degree ? degree
                : Sign(tokens, i, result) is > 0 and var sign ? sign
                : To(tokens, i, result) is > 0 and var to ? to
                : Money(tokens, i, result) is > 0 and var money ? money
                : UnitFraction(tokens, i, result) is > 0 and var unit ? unit
                : Plain(tokens, i, result);
        }

        // "3 times" multiplies nothing.
        if (result.Count > 1 && result[^1].Is("*"))
        {
            result.RemoveAt(result.Count - 1);
        }

        return result;
    }

    private static int Plain(List<MathToken> tokens, int i, List<MathToken> result)
    {
        result.Add(UnitLetter(tokens, result, i) ?? tokens[i]);
        return 1;
    }

    /// <summary>Degrees of temperature: ° C, ^ ° C, ^ { ° } C.</summary>
    private static int Temperature(List<MathToken> tokens, int i, List<MathToken> result)
    {
        var end = i > 0 ? AfterDegree(tokens, i) : i;
        if (end == i || end >= tokens.Count || tokens[end] is not { Kind: MathTokenKind.Letter or MathTokenKind.Word, Text: "C" or "F" or "c" or "f" or "celsius" or "fahrenheit" or "Celsius" or "Fahrenheit" })
        {
            return 0;
        }

        result.Add(new MathToken(MathTokenKind.Word, tokens[end].Text[0] is 'C' or 'c' ? "celsius" : "fahrenheit"));
        return end + 1 - i;
    }

    /// <summary>Where a sign of degree ends that starts there: °, ^ °, ^ { ° }, ^ o. The same position where there is none.</summary>
    private static int AfterDegree(List<MathToken> tokens, int i)
    {
        var at = i;
        var raised = at < tokens.Count && tokens[at].Is("^");
        at += raised ? 1 : 0;
        var braced = raised && at < tokens.Count && tokens[at].Is("{");
        at += braced ? 1 : 0;
        if (at >= tokens.Count || !(tokens[at].Is("°") || (raised && tokens[at] is { Kind: MathTokenKind.Letter, Text: "o" } && i > 0 && tokens[i - 1].Kind == MathTokenKind.Number)))
        {
            return i;
        }

        return !braced ? at + 1 : at + 1 < tokens.Count && tokens[at + 1].Is("}") ? at + 2 : i;
    }

    private static int Degree(List<MathToken> tokens, int i, List<MathToken> result)
    {
        var end = AfterDegree(tokens, i);
        if (end > i)
        {
            result.Add(new MathToken(MathTokenKind.Symbol, "°"));
        }

        return end - i;
    }

    /// <summary>Degrees with minutes and seconds of arc: 37° 30' 15".</summary>
    private static int Arc(List<MathToken> tokens, int i, List<MathToken> result)
    {
        if (tokens[i].Kind != MathTokenKind.Number || AfterDegree(tokens, i + 1) is var at && (at == i + 1 || AfterPart(tokens, at, 1) == at))
        {
            return 0;
        }

        var value = tokens[i].Value + (tokens[at].Value / 60);
        at = AfterPart(tokens, at, 1);
        if (AfterPart(tokens, at, 2) is var end && end > at)
        {
            value += tokens[at].Value / 3600;
            at = end;
        }

        result.Add(tokens[i] with { Value = value, Text = value.ToString() });
        result.Add(new MathToken(MathTokenKind.Symbol, "°"));
        return at - i;
    }

    // A number with so many primes, raised or not.
    private static int AfterPart(List<MathToken> tokens, int at, int primes)
    {
        if (at >= tokens.Count || tokens[at].Kind != MathTokenKind.Number)
        {
            return at;
        }

        var end = at + 1;
        var count = 0;
        for (; end < tokens.Count && (tokens[end].Is("'") || tokens[end].Is("^") || tokens[end].Is("{") || tokens[end].Is("}")) && count < primes; end++)
        {
            count += tokens[end].Is("'") ? 1 : 0;
        }

        while (end < tokens.Count && tokens[end].Is("}"))
        {
            end++;
        }

        return count == primes ? end : at;
    }

    // {:} and {-} keep TeX from spacing a sign.
    private static int Sign(List<MathToken> tokens, int i, List<MathToken> result)
    {
        if (i + 2 >= tokens.Count || !tokens[i].Is("{") || !tokens[i + 2].Is("}") || tokens[i + 1] is not { Kind: MathTokenKind.Symbol, Text: ":" or "=" or "," or "+" or "-" or "<" or ">" or "/" or "*" or "±" })
        {
            return 0;
        }

        result.Add(tokens[i + 1]);
        return 3;
    }

    // "3 to 4" is a ratio, "ways to do" is not.
    private static int To(List<MathToken> tokens, int i, List<MathToken> result)
    {
        if (!tokens[i].Is("to") || (i + 1 < tokens.Count && tokens[i + 1].Kind is not (MathTokenKind.Word or MathTokenKind.End)))
        {
            return 0;
        }

        result.Add(new MathToken(MathTokenKind.Word, "to"));
        return 1;
    }

    // $-18 is -$18.
    private static int Money(List<MathToken> tokens, int i, List<MathToken> result)
    {
        if (i + 2 >= tokens.Count || tokens[i].Kind != MathTokenKind.Word || !s_money.Contains(tokens[i].Text) || !tokens[i + 1].Is("-") || tokens[i + 2].Kind != MathTokenKind.Number
            || (result.Count > 0 && result[^1] is { Kind: MathTokenKind.Number or MathTokenKind.Letter or MathTokenKind.Word }))
        {
            return 0;
        }

        result.AddRange([tokens[i + 1], tokens[i], tokens[i + 2]]);
        return 3;
    }

    // A letter a blank behind a number, or in such a unit, is one: 10 m, 10 m/s. Without the blank it is a factor.
    private static MathToken? UnitLetter(List<MathToken> tokens, List<MathToken> before, int i)
    {
        var token = tokens[i];
        if (token.Kind != MathTokenKind.Letter || before.Count == 0 || !Units.IsKnownLetter(token.Text)
            || (i + 1 < tokens.Count && (tokens[i + 1].Is("_") || tokens[i + 1].Is("(") || tokens[i + 1].Is("'"))))
        {
            return null;
        }

        var behind = before[^1];
        var sign = i > 1 ? tokens[i - 2] : default;
        return (behind.Kind == MathTokenKind.Number && i + 2 < tokens.Count && tokens[i + 1].Kind == MathTokenKind.Number && IsUnit(tokens[i + 2]) && tokens[i + 2].Text.Length > 0 && !tokens[i + 2].Is("("))
            || (behind.Kind == MathTokenKind.Number && token.Spaced && !(sign is { Kind: MathTokenKind.Symbol, Text: "_" or "=" or "+" or "-" } || (sign.Is("^") && !(i > 2 && tokens[i - 3].Kind == MathTokenKind.Number))))
            || (before.Count > 1 && before[^2].Kind == MathTokenKind.Word && (behind.Is("/") || (behind.Is("*") && token.InText)))
                ? Word(token)
                : null;
    }

    // 10 \frac{m}{s}, 9.8\frac{\text{m}}{\text{s}^2}
    private static int UnitFraction(List<MathToken> tokens, int i, List<MathToken> result)
    {
        if (i == 0 || tokens[i - 1].Kind != MathTokenKind.Number || !tokens[i].IsCommand("frac"))
        {
            return 0;
        }

        var top = AfterUnits(tokens, i + 1);
        var end = top > 0 ? AfterUnits(tokens, top) : 0;
        var letters = end > 0 ? tokens.GetRange(i, end - i).FindAll(token => token.Kind == MathTokenKind.Letter) : [];
        if (end == 0 || !(tokens[i].Spaced || letters.TrueForAll(letter => letter.InText)))
        {
            return 0;
        }

        result.AddRange(tokens.GetRange(i, end - i).Select(token => token.Kind == MathTokenKind.Letter ? Word(token) : token));
        return end - i;
    }

    // { units, each in a power }
    private static int AfterUnits(List<MathToken> tokens, int at)
    {
        if (at >= tokens.Count || !tokens[at].Is("{"))
        {
            return 0;
        }

        var units = 0;
        for (at++; at < tokens.Count && !tokens[at].Is("}"); at++)
        {
            if (IsUnit(tokens[at]))
            {
                units++;
            }
            else if (tokens[at].Is("^") && units > 0 && at + 1 < tokens.Count)
            {
                at += tokens[at + 1].Is("{") ? 3 : 1;
            }
            else if (!tokens[at].Is("*"))
            {
                return 0;
            }
        }

        return units > 0 && at < tokens.Count ? at + 1 : 0;
    }

    private static bool IsUnit(MathToken token) => token.Kind == MathTokenKind.Word || (token.Kind == MathTokenKind.Letter && Units.IsKnownLetter(token.Text));

    private static MathToken Word(MathToken token) => new(MathTokenKind.Word, token.Text);
}
