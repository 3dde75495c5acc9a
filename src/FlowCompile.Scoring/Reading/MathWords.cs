using System.Globalization;

namespace FlowCompile.Scoring;

/// <summary>Reads the words of an answer: functions, units, numbers, verdicts, or letters side by side.</summary>
internal static class MathWords
{
    private static readonly HashSet<string> s_skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "of", "approximately", "about", "exactly", "roughly", "around", "nearly", "so", "thus", "hence", "therefore", "then", "we", "get", "have", "that",
        "it", "its", "there", "which", "this", "be", "value", "find", "obtain", "gives", "give", "total", "answer", "final", "where", "for", "with", "our", "and", "altogether", "only", "just",
    };

    /// <summary>Words that say more of a quantity, and count nothing.</summary>
    private static readonly HashSet<string> s_skippedBehind = new(StringComparer.Ordinal)
    {
        "old", "tall", "long", "wide", "high", "deep", "away", "ago", "each", "left", "remaining", "apart", "more", "now", "later",
    };

    /// <summary>The function that a name stands for.</summary>
    public static string Function(string name) => name switch
    {
        "asin" => "arcsin",
        "acos" => "arccos",
        "atan" => "arctan",
        "tg" => "tan",
        "ctg" => "cot",
        "cosec" => "csc",
        _ => name,
    };

    /// <summary>The tokens of a text argument such as <c>\text{ cm}</c>.</summary>
    public static IEnumerable<MathToken> Read(string content, IReadOnlyList<MathToken> before, int nesting)
    {
        var text = content.Trim().TrimEnd('.', ':');
        var bare = text is ['(', .., ')'] && !text.AsSpan(1, text.Length - 2).ContainsAny('(', ')', ',') ? text[1..^1].Trim() : text;
        if (bare.Length == 0)
        {
            return [];
        }

        // A letter is a choice or a variable, unless it stands behind a number: 5 m.
        if (bare.Length == 1 && char.IsAsciiLetter(bare[0]))
        {
            return [IsQuantity(before) && Units.IsKnown(bare) ? Word(bare) : new MathToken(MathTokenKind.Letter, bare, InText: true)];
        }

        return bare.All(c => char.IsAsciiLetter(c) || c is ' ' or '-' or '.' or '~' or '\'' or '\n') && bare.Any(char.IsAsciiLetter) && !MathSymbols.Functions.Contains(bare)
            ? Phrase(bare, before)
            : MathLexer.Read((IsQuantity(before) ? bare : text).Replace("$", "", StringComparison.Ordinal), Commas.Group, nesting + 1, before);
    }

    /// <summary>The tokens of a run of letters outside of a text argument.</summary>
    /// <param name="word">The letters.</param>
    /// <param name="before">The tokens before.</param>
    /// <param name="apart">Whether it does not follow a digit directly.</param>
    /// <param name="inText">Whether it stands in a text argument.</param>
    public static IEnumerable<MathToken> ReadPlain(string word, IReadOnlyList<MathToken> before, bool apart, bool inText)
    {
        if (word.Length == 1)
        {
            return [inText && IsQuantity(before) && Units.IsKnownLetter(word) ? Word(word) : new MathToken(MathTokenKind.Letter, word)];
        }

        if (word is "AM" or "PM" or "am" or "pm" && IsQuantity(before))
        {
            return [Word(word.ToLowerInvariant())];
        }

        if (word is "in" && before is [{ Kind: MathTokenKind.Letter }])
        {
            return [new MathToken(MathTokenKind.Symbol, "∈")];
        }

        if (MathSymbols.Constructions.TryGetValue(word, out var construction) && construction is "sqrt" or "cbrt")
        {
            return [new MathToken(MathTokenKind.Command, construction)];
        }

        if (word is "oo")
        {
            return [new MathToken(MathTokenKind.Letter, "∞")];
        }

        if (word is "mod")
        {
            return [new MathToken(MathTokenKind.Command, before.Count > 0 && before[^1].Is("(") ? "pmod" : "bmod")];
        }

        if (MathSymbols.Functions.Contains(word) && word is not ("min" or "deg" or "floor" or "sec") || (word is "sec" or "min" && !IsQuantity(before)))
        {
            return [new MathToken(MathTokenKind.Command, Function(word))];
        }

        if (MathSymbols.Letters.TryGetValue(word, out var letter) && word is not ("angle" or "triangle"))
        {
            return [new MathToken(MathTokenKind.Letter, letter)];
        }

        // Capitals side by side are the name of one thing: the segment AB is not B A.
        if (word.Length is 2 or 3 && word.All(char.IsAsciiLetterUpper) && !(IsQuantity(before) && (Units.IsKnown(word) || word is "AM" or "PM")) && Phrases(word, before) is null)
        {
            return [new MathToken(MathTokenKind.Letter, word)];
        }

        // "dx" behind an integral, "pir" and the like are letters side by side.
        return word.Length > 3 || (IsQuantity(before) && (Units.IsKnown(word) || (apart && word.Length == 3))) || Phrases(word, before) is not null || s_skipped.Contains(word) || NumberWords.IsPart(word)
            || (word.Length == 3 && IsFirst(before) && !AreNeighbours(word)) || IsProse(word)
            ? Phrase(word, before)
            : word.Select(c => new MathToken(MathTokenKind.Letter, c.ToString()));
    }

    // Three letters where an answer starts are a word, unless they are neighbours in the alphabet: abc, zyx.
    private static bool IsFirst(IReadOnlyList<MathToken> before) => before.Count == 0 || before[^1] is { Kind: MathTokenKind.Symbol, Text: "," or ";" or "and" or "or" or "{{" or "(" };

    private static bool AreNeighbours(string word) => string.Concat(word.Order()) is var sorted && sorted[1] == sorted[0] + 1 && sorted[2] == sorted[1] + 1;

    /// <summary>Whether a short word is one of a sentence, not letters side by side.</summary>
    private static bool IsProse(string word) => word.ToUpperInvariant() is "DO" or "GO" or "UP" or "US" or "ME" or "MY" or "GOT" or "HAS" or "HAD" or "ITS" or "YOU" or "CAN" or "LET" or "NOW" or "OUT" or "WHO" or "HOW" or "SEE" or "DID" or "HIM" or "IT" or "DNE" or "NO" or "NOT" or "YES" or "WE" or "SO" or "IF" or "BY" or "AT" or "ON" or "AS" or "ALL" or "ANY" or "NOR" or "BUT" or "FOR" or "HE" or "SHE" or "HIS" or "HER";

    private static List<MathToken> Phrase(string phrase, IReadOnlyList<MathToken> before)
    {
        List<MathToken> tokens = [];
        var power = 0;
        var parts = phrase.Split([' ', '\t', '\n', '~', ','], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var word = parts[i].TrimEnd('.') is var bare && bare is "p.m" or "a.m" or "P.M" or "A.M" or "PM" or "AM" ? bare.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant() : parts[i].TrimEnd('.');
            if (NumberWords.TryRead(parts, i, out var number, out var taken))
            {
                tokens.Add(new MathToken(MathTokenKind.Number, number.ToString(), number, true));
                i += taken - 1;
                continue;
            }

            if (word is "square" or "sq" or "cubic" or "cu")
            {
                power = word[0] == 's' ? 2 : 3;
                continue;
            }

            IReadOnlyList<MathToken> behind = tokens.Count > 0 ? tokens : before;
            if (word.Length is > 0 and < 10 && word.All(char.IsAsciiDigit))
            {
                tokens.Add(new MathToken(MathTokenKind.Number, word, int.Parse(word, CultureInfo.InvariantCulture)));
            }
            else if (Phrases(word, behind) is { } symbols)
            {
                tokens.AddRange(symbols);
            }
            else if (word.Length > 0 && !(IsQuantity(behind) && s_skippedBehind.Contains(word)) && (word is "A" or "I" || !s_skipped.Contains(word)))
            {
                tokens.Add(word.Length == 1 && !(IsQuantity(behind) && Units.IsKnown(word)) ? new MathToken(MathTokenKind.Letter, word) : Word(word));
                if (power > 0)
                {
                    tokens.AddRange(Raised(power));
                    power = 0;
                }
            }
        }

        return tokens;
    }

    private static MathToken[]? Phrases(string word, IReadOnlyList<MathToken> before) => word.ToUpperInvariant() switch
    {
        "AND" or "OR" => [Sign(word.ToLowerInvariant())],
        "TO" when IsQuantity(before) => [Sign("to")],
        "IS" or "ARE" or "EQUALS" or "EQUAL" or "WAS" or "WERE" => before.Count > 0 && !before[^1].Is("=") ? [Sign("=")] : [],
        "PER" => [Sign("/")],
        "OVER" when IsQuantity(before) => [Sign("/")],
        "PERCENT" or "PCT" => [Sign("%")],
        "CENT" when before.Count > 0 && before[^1].Is("/") => [new MathToken(MathTokenKind.Word, "percent")],
        "DEGREE" or "DEGREES" => [Sign("°")],
        "PLUS" => [Sign("+")],
        "MINUS" or "NEGATIVE" => [Sign("-")],
        "TIMES" => [Sign("*")],
        "SQUARED" => [.. Raised(2)],
        "CUBED" => [.. Raised(3)],
        "BASE" => [Sign("_")],
        "EXCEPT" => [Sign("∖")],
        "APPROX" => [Sign("≈")],
        "HUNDRED" when IsQuantity(before) => Scale(2),
        "THOUSAND" when IsQuantity(before) => Scale(3),
        "MILLION" when IsQuantity(before) => Scale(6),
        "BILLION" when IsQuantity(before) => Scale(9),
        "TRILLION" when IsQuantity(before) => Scale(12),
        _ => null,
    };

    private static MathToken[] Scale(int power) => [Sign("*"), new(MathTokenKind.Number, "1" + new string('0', power), System.Numerics.BigInteger.Pow(10, power))];

    private static MathToken[] Raised(int power) => [Sign("^"), new(MathTokenKind.Number, power == 2 ? "2" : "3", power)];

    private static MathToken Sign(string symbol) => new(MathTokenKind.Symbol, symbol);

    private static MathToken Word(string word) => new(MathTokenKind.Word, word);

    private static bool IsQuantity(IReadOnlyList<MathToken> before) => before.Count > 0 && before[^1] is var last
        && (last.Kind is MathTokenKind.Number or MathTokenKind.Word || last.Is("}") || last.Is(")") || last.Is("/") || last.Text == "pi" || last.Is("°"));
}
