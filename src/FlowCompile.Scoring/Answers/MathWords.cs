using System.Globalization;

namespace FlowCompile.Scoring;

/// <summary>Reads the words of an answer: functions, units, verdicts, or letters side by side.</summary>
internal static class MathWords
{
    private static readonly HashSet<string> s_skipped = new(StringComparer.OrdinalIgnoreCase) { "units", "unit", "is", "are", "the", "a", "of", "approximately", "about", "exactly" };

    /// <summary>The tokens of a text argument such as <c>\text{ cm}</c>.</summary>
    public static IEnumerable<MathToken> Read(string content, IReadOnlyList<MathToken> before)
    {
        var text = content.Trim().TrimEnd('.');
        var bare = text is ['(', .., ')'] ? text[1..^1].Trim() : text;
        if (bare.Length == 0)
        {
            return [];
        }

        // A letter is a choice or a variable, unless it stands behind a number: 5 m.
        if (bare.Length == 1 && char.IsAsciiLetter(bare[0]))
        {
            return [IsQuantity(before) && Units.IsKnown(bare) ? Word(bare) : new MathToken(MathTokenKind.Letter, bare)];
        }

        return char.IsAsciiLetter(bare[0]) && bare.IndexOfAny(['\\', '^', '_', '=', '{', '$']) < 0
            ? Phrase(bare, before)
            : MathLexer.Read(text.Replace("$", "", StringComparison.Ordinal), thousands: true);
    }

    /// <summary>The tokens of a run of letters outside of a text argument.</summary>
    /// <param name="word">The letters.</param>
    /// <param name="before">The tokens before.</param>
    /// <param name="apart">Whether it does not follow a digit directly.</param>
    public static IEnumerable<MathToken> ReadPlain(string word, IReadOnlyList<MathToken> before, bool apart)
    {
        if (word.Length == 1)
        {
            return [new MathToken(MathTokenKind.Letter, word)];
        }

        if (word is "in" && before is [{ Kind: MathTokenKind.Letter }])
        {
            return [new MathToken(MathTokenKind.Symbol, "∈")];
        }

        if (MathSymbols.Constructions.TryGetValue(word, out var construction) && construction is "sqrt" or "cbrt")
        {
            return [new MathToken(MathTokenKind.Command, construction)];
        }

        if (MathSymbols.Functions.Contains(word) && word is not "min")
        {
            return [new MathToken(MathTokenKind.Command, word)];
        }

        if (MathSymbols.Letters.TryGetValue(word, out var letter))
        {
            return [new MathToken(MathTokenKind.Letter, letter)];
        }

        return word.Length > 3 || (IsQuantity(before) && (Units.IsKnown(word) || (apart && word.Length == 3))) || Phrases(word) is not null || s_skipped.Contains(word) || (before.Count == 0 && word.Length == 3)
            ? Phrase(word, before)
            : word.Select(c => new MathToken(MathTokenKind.Letter, c.ToString()));
    }

    private static List<MathToken> Phrase(string phrase, IReadOnlyList<MathToken> before)
    {
        List<MathToken> tokens = [];
        var power = 0;
        foreach (var part in phrase.Split([' ', '\t', '\n', '-', '~', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = part.TrimEnd('.');
            if (word is "square" or "sq" or "cubic" or "cu")
            {
                power = word[0] == 's' ? 2 : 3;
                continue;
            }

            if (word.Length is > 0 and < 10 && word.All(char.IsAsciiDigit))
            {
                tokens.Add(new MathToken(MathTokenKind.Number, word, int.Parse(word, CultureInfo.InvariantCulture)));
            }
            else if (Phrases(word) is { } symbols)
            {
                tokens.AddRange(symbols);
            }
            else if (!s_skipped.Contains(word) && word.Length > 0)
            {
                tokens.Add(word.Length == 1 && !(IsQuantity(before) && Units.IsKnown(word)) ? new MathToken(MathTokenKind.Letter, word) : Word(word));
                if (power > 0)
                {
                    tokens.AddRange(Raised(power));
                    power = 0;
                }
            }
        }

        return tokens;
    }

    private static MathToken[]? Phrases(string word) => word.ToUpperInvariant() switch
    {
        "AND" or "OR" => [new MathToken(MathTokenKind.Symbol, word.ToLowerInvariant())],
        "PER" => [new MathToken(MathTokenKind.Symbol, "/")],
        "PERCENT" or "PCT" => [new MathToken(MathTokenKind.Symbol, "%")],
        "DEGREE" or "DEGREES" => [new MathToken(MathTokenKind.Symbol, "°")],
        "SQUARED" => [.. Raised(2)],
        "CUBED" => [.. Raised(3)],
        "BASE" => [new MathToken(MathTokenKind.Symbol, "_")],
        _ => null,
    };

    private static MathToken[] Raised(int power) =>
        [new(MathTokenKind.Symbol, "^"), new(MathTokenKind.Number, power == 2 ? "2" : "3", power)];

    private static MathToken Word(string word) => new(MathTokenKind.Word, word);

    private static bool IsQuantity(IReadOnlyList<MathToken> before) => before.Count > 0 && before[^1] is var last
        && (last.Kind is MathTokenKind.Number or MathTokenKind.Word || last.Is("}") || last.Is(")") || last.Is("/") || last.Text == "pi");
}
