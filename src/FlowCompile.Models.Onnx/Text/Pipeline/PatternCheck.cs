using System.Globalization;

namespace FlowCompile.Models.Onnx;

/// <summary>Refuses in a pattern what .NET and Oniguruma, for which tokenizer.json is written, read differently.</summary>
internal static class PatternCheck
{
    // Beside punctuation: the escapes that mean the same to both.
    private const string SameEscapes = "rntfvsSdDpPux";
    private static readonly string[] s_sameGroups = ["?:", "?i:", "?=", "?!", "?<=", "?<!", "?>"];

    /// <summary>Checks a pattern.</summary>
    /// <exception cref="FormatException">It has something that is read differently; the message says what, without a full stop.</exception>
    public static void Check(string pattern)
    {
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var here = pattern[i];
            if (char.IsSurrogate(here))
            {
                throw Different("a character above U+FFFF");
            }

            if (here == '\\')
            {
                var escaped = i + 1 < pattern.Length ? pattern[i + 1] : throw new FormatException("it ends with a backslash");
                if (char.IsAsciiLetterOrDigit(escaped) && !SameEscapes.Contains(escaped))
                {
                    throw Different($"\\{escaped}");
                }

                i++;
            }
            else if (inClass)
            {
                if (here == '[' || (here == '&' && Next(pattern, i) == '&'))
                {
                    throw Different("a character class within another");
                }

                inClass = here != ']';
                if (here == '-')
                {
                    CheckRange(pattern, i);
                }
            }
            else if (here == '[')
            {
                inClass = true;

                // A bracket that comes first is one of the characters to .NET, and ends the class elsewhere.
                i += Next(pattern, i) == '^' ? 1 : 0;
                if (Next(pattern, i) is ']' or '[')
                {
                    throw Different("a class that begins with a bracket");
                }
            }
            else if (here is '^' or '$')
            {
                throw Different($"{here}");
            }
            else if (here == '{' && Next(pattern, i) == ',')
            {
                throw Different("{,");
            }
            else if (here == '(' && Next(pattern, i) == '?' && !s_sameGroups.Any(group => pattern.AsSpan(i + 1).StartsWith(group, StringComparison.Ordinal)))
            {
                throw Different("a group of a kind that is not known");
            }
        }
    }

    // A range must not have a stand-in for characters that are not in it.
    private static void CheckRange(string pattern, int dash)
    {
        if (dash + 1 >= pattern.Length || pattern[dash + 1] == ']' || Before(pattern, dash) is not { } first || After(pattern, dash) is not { } last)
        {
            return;
        }

        if (Enum.GetValues<UnicodeCategory>().Any(category => SplitPattern.StandIn(category) is var c && c >= first && c <= last))
        {
            throw new FormatException($"its range U+{(int)first:X4} to U+{(int)last:X4} is wider than what is taken");
        }
    }

    private static char? Before(string pattern, int dash) =>
        dash >= 6 && pattern[dash - 6] == '\\' && pattern[dash - 5] == 'u' ? Code(pattern.AsSpan(dash - 4, 4))
        : dash >= 4 && pattern[dash - 4] == '\\' && pattern[dash - 3] == 'x' ? Code(pattern.AsSpan(dash - 2, 2))
        : pattern[dash - 1] is '[' or '^' ? null
        : pattern[dash - 1];

    private static char? After(string pattern, int dash) =>
        pattern[dash + 1] != '\\' ? pattern[dash + 1]
        : pattern.Length > dash + 6 && pattern[dash + 2] == 'u' ? Code(pattern.AsSpan(dash + 3, 4))
        : pattern.Length > dash + 4 && pattern[dash + 2] == 'x' ? Code(pattern.AsSpan(dash + 3, 2))
        : null;

    private static char? Code(ReadOnlySpan<char> hex) =>
        ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : null;

    private static char Next(string pattern, int i) => i + 1 < pattern.Length ? pattern[i + 1] : '\0';

    private static FormatException Different(string what) => new($"{what} in it is read differently here");
}
