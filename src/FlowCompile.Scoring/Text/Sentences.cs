using System.Buffers;
using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Cuts texts into sentences. A formula over several lines is one piece, and a full stop inside a number or a formula ends nothing.</summary>
internal static partial class Sentences
{
    private static readonly SearchValues<char> s_closing = SearchValues.Create(" \n.!?;:)*$\\]");

    public static string First(string text)
    {
        var trimmed = text.TrimStart();
        foreach (var end in Ends(trimmed))
        {
            if (!string.IsNullOrWhiteSpace(trimmed[..end]))
            {
                return trimmed[..end];
            }
        }

        return trimmed;
    }

    /// <summary>The last sentence that is more than a courtesy.</summary>
    public static string Last(string text)
    {
        var last = LastOf(text);
        for (var tries = 0; tries < 3 && Courtesy().IsMatch(last) && text.TrimEnd().Length > last.Length; tries++)
        {
            text = text.TrimEnd()[..^last.Length];
            last = LastOf(text);
        }

        return last;
    }

    private static string LastOf(string text)
    {
        var trimmed = text.TrimEnd();
        var start = 0;
        foreach (var end in Ends(trimmed))
        {
            if (end < trimmed.Length && trimmed.AsSpan(end).ContainsAnyExcept(s_closing))
            {
                start = end;
            }
        }

        return trimmed[start..].TrimStart('.', '!', '?', ';', ' ', '\n');
    }

    [GeneratedRegex(@"^(?:i )?(?:hope|let me know|good luck|feel free|please|thanks|thank you|if you (?:need|have|want|would)|great|happy to|i'm (?:happy|glad)|is there anything|would you like)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Courtesy();

    /// <summary>The positions at which sentences end: at a full stop before a blank, at an exclamation, at the end of a line.</summary>
    private static List<int> Ends(string text)
    {
        var ends = new List<int>();
        var formulas = Formula.All(text);
        var next = 0;
        var braces = 0;
        for (var i = 0; i < text.Length; i++)
        {
            while (next < formulas.Count && formulas[next].End <= i)
            {
                next++;
            }

            if (next < formulas.Count && formulas[next].Start <= i)
            {
                i = formulas[next].End - 1;
                continue;
            }

            var c = text[i];
            braces += c == '{' ? 1 : c == '}' && braces > 0 ? -1 : 0;
            var stops = i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]);
            if (braces == 0 && ((c == '\n' && !JoinsLines(text, i)) || (c == '.' && stops && !IsAbbreviation(text, i)) || (c is '!' or '?' && stops && i > 0 && !(c == '!' && IsFactorial(text, i)))))
            {
                ends.Add(i);
            }
        }

        return ends;
    }

    // A line that ends in the middle of what it says goes on: "Answer:", "therefore", an open display.
    private static bool JoinsLines(string text, int at)
    {
        var last = at - 1;
        while (last > at - 50 && last >= 0 && char.IsWhiteSpace(text[last]))
        {
            last--;
        }

        return last >= 0 && (text[last] is ':' or '=' or ',' or '&' || (text[last] == '\\' && last > 0 && text[last - 1] == '\\'));
    }

    private static bool IsAbbreviation(string text, int at)
    {
        var start = at;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        return text[start..at].ToLowerInvariant() is "sq" or "cu" or "approx" or "vs" or "pt" or "no" or "eq" or "fig" or "i.e" or "e.g" or "a.m" or "p.m" or "u.s" or "dr" or "mr" or "mrs" or "ms" or "st" or "ft" or "in";
    }

    // 5! before more of a formula; at the end of a sentence it is an exclamation.
    private static bool IsFactorial(string text, int at) => char.IsLetterOrDigit(text[at - 1]) && at + 2 < text.Length && text[at + 2] is '+' or '-' or '*' or '/' or '=';
}
