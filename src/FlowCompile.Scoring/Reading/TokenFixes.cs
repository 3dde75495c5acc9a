namespace FlowCompile.Scoring;

/// <summary>Replaces runs of tokens that stand for one thing.</summary>
internal static class TokenFixes
{
    public static List<MathToken> Apply(List<MathToken> tokens)
    {
        var result = new List<MathToken>(tokens.Count);
        for (var i = 0; i < tokens.Count;)
        {
            if (Temperature(tokens, i) is > 0 and var length)
            {
                result.Add(new MathToken(MathTokenKind.Word, tokens[i + length - 1].Text is "C" or "c" or "celsius" ? "celsius" : "fahrenheit"));
                i += length;
            }
            else if (i + 2 < tokens.Count && tokens[i].Is("{") && tokens[i + 2].Is("}") && tokens[i + 1] is { Kind: MathTokenKind.Symbol, Text: ":" or "=" or "," or "+" or "<" or ">" or "/" or "*" })
            {
                // {:} keeps TeX from spacing a sign.
                result.Add(tokens[i + 1]);
                i += 3;
            }
            else if (UnitFraction(tokens, i) is { } unit)
            {
                result.AddRange(unit);
                i += 7;
            }
            else
            {
                result.Add(UnitLetter(tokens, result, i) ?? tokens[i]);
                i++;
            }
        }

        return result;
    }

    /// <summary>How many tokens are degrees of temperature: ° C, ^ ° C, ^ { ° } C.</summary>
    private static int Temperature(List<MathToken> tokens, int i)
    {
        var at = i;
        at += at < tokens.Count && tokens[at].Is("^") ? 1 : 0;
        var braced = at < tokens.Count && tokens[at].Is("{");
        at += braced ? 1 : 0;
        if (at >= tokens.Count || !tokens[at].Is("°"))
        {
            return 0;
        }

        at += braced && at + 1 < tokens.Count && tokens[at + 1].Is("}") ? 2 : 1;
        return i > 0 && at < tokens.Count && tokens[at] is { Kind: MathTokenKind.Letter or MathTokenKind.Word, Text: "C" or "F" or "c" or "f" or "celsius" or "fahrenheit" or "Celsius" or "Fahrenheit" }
            ? at - i + 1
            : 0;
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
        return (behind.Kind == MathTokenKind.Number && token.Spaced && !(i > 1 && tokens[i - 2] is { Kind: MathTokenKind.Symbol, Text: "^" or "_" or "*" or "=" or "+" or "-" }))
            || (behind.Is("/") && before.Count > 1 && before[^2].Kind == MathTokenKind.Word)
                ? new MathToken(MathTokenKind.Word, token.Text)
                : null;
    }

    // 10 \frac{m}{s}
    private static MathToken[]? UnitFraction(List<MathToken> tokens, int i) =>
        i > 0 && tokens[i - 1].Kind == MathTokenKind.Number && i + 6 < tokens.Count && tokens[i].IsCommand("frac") && tokens[i].Spaced
        && tokens[i + 1].Is("{") && IsUnit(tokens[i + 2]) && tokens[i + 3].Is("}") && tokens[i + 4].Is("{") && IsUnit(tokens[i + 5]) && tokens[i + 6].Is("}")
            ? [Word(tokens[i + 2]), new MathToken(MathTokenKind.Symbol, "/"), Word(tokens[i + 5])]
            : null;

    private static bool IsUnit(MathToken token) => token.Kind is MathTokenKind.Letter or MathTokenKind.Word && (token.Kind == MathTokenKind.Word || Units.IsKnownLetter(token.Text));

    private static MathToken Word(MathToken token) => new(MathTokenKind.Word, token.Text);
}
