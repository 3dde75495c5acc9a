using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// A pattern of tokenizer.json, which is written for another engine (Oniguruma, over code points). .NET's reads UTF-16: where a text has
/// characters above U+FFFF, a stand-in of the same category takes the place of each while the pattern is matched. What the two engines read
/// differently is refused.
/// </summary>
/// <remarks>
/// The pattern comes from outside. It is matched without backtracking, in time linear in the text, where .NET can; a pattern that looks
/// ahead needs backtracking: a match that takes longer than a second, or a text that takes ten, is an error.
/// </remarks>
internal sealed class SplitPattern
{
    private const int LongestPattern = 8192;

    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_textLimit = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;
    private readonly bool _ignoresCase;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It does not work here; the message says why, without a full stop.</exception>
    public SplitPattern(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new FormatException($"it has {pattern.Length} characters, and {LongestPattern} is the most that is taken");
        }

        PatternCheck.Check(pattern);
        _ignoresCase = pattern.Contains("(?i", StringComparison.Ordinal);
        try
        {
            _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            _regex = new Regex(pattern, RegexOptions.CultureInvariant, s_matchLimit);
        }
        catch (ArgumentException error)
        {
            throw new FormatException(OneLine.Of(error.Message), error);
        }
    }

    /// <summary>Where the pattern matches.</summary>
    /// <exception cref="PromptException">It takes too long.</exception>
    public List<(int Start, int Length)> Matches(string text)
    {
        var shadow = text;
        int[]? starts = null;
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
        {
            (shadow, starts) = Shadow(text);
        }

        if (_ignoresCase)
        {
            // The only letter outside of ASCII that Unicode folds to one of ASCII and .NET does not.
            shadow = shadow.Replace('\u017F', 's');
        }

        List<(int, int)> matches = [];
        var begin = Stopwatch.GetTimestamp();
        try
        {
            foreach (var match in _regex.EnumerateMatches(shadow))
            {
                if (Stopwatch.GetElapsedTime(begin) > s_textLimit)
                {
                    throw TooLong(null);
                }

                matches.Add(starts is null
                    ? (match.Index, match.Length)
                    : (starts[match.Index], starts[match.Index + match.Length] - starts[match.Index]));
            }
        }
        catch (RegexMatchTimeoutException error)
        {
            throw TooLong(error);
        }

        return matches;
    }

    private static PromptException TooLong(Exception? error) => new("A pattern of tokenizer.json takes too long on the text.", error);

    // One character for each code point, and where each is in the text.
    private static (string Shadow, int[] Starts) Shadow(string text)
    {
        var shadow = new StringBuilder(text.Length);
        List<int> starts = new(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
            starts.Add(at);
            at += rune.Utf16SequenceLength;
        }

        starts.Add(at);
        return (shadow.ToString(), [.. starts]);
    }

    /// <summary>A rare character of a category, which stands for those of the category above U+FFFF.</summary>
    public static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\uA7BA',
        UnicodeCategory.LowercaseLetter => '\uA7BB',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\uA7F9',
        UnicodeCategory.OtherLetter => '\uA840',
        UnicodeCategory.NonSpacingMark => '\uA825',
        UnicodeCategory.SpacingCombiningMark => '\uA823',
        UnicodeCategory.EnclosingMark => '\uA670',
        UnicodeCategory.DecimalDigitNumber => '\uA8D0',
        UnicodeCategory.LetterNumber => '\uA6E6',
        UnicodeCategory.OtherNumber => '\u3192',
        UnicodeCategory.ConnectorPunctuation => '\u2054',
        UnicodeCategory.DashPunctuation => '\u2E3A',
        UnicodeCategory.OpenPunctuation => '\u2E28',
        UnicodeCategory.ClosePunctuation => '\u2E29',
        UnicodeCategory.InitialQuotePunctuation => '\u2E0C',
        UnicodeCategory.FinalQuotePunctuation => '\u2E0D',
        UnicodeCategory.OtherPunctuation => '\u2E2A',
        UnicodeCategory.MathSymbol => '\u2A00',
        UnicodeCategory.CurrencySymbol => '\uA838',
        UnicodeCategory.ModifierSymbol => '\uA700',
        UnicodeCategory.OtherSymbol => '\uA490',
        UnicodeCategory.Format => '\u2061',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378', // Not assigned.
    };
}
