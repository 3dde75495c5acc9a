using System.Globalization;
using System.Text;

namespace FlowCompile.Scoring;

/// <summary>One spelling for characters that stand for the same: digits of every script, raised and lowered digits, fractions, blanks, quotes.</summary>
internal static class PlainText
{
    // An answer stands at the end; what is before that many characters does not count.
    private const int MaxText = 16_384;
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ";
    private const string RaisedPlain = "0123456789+-=()nix";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₙₖₘₓ";
    private const string LoweredPlain = "0123456789+-=()aenkmx";

    private static readonly Dictionary<char, string> s_spellings = new()
    {
        ['½'] = "\\frac{1}{2}",
        ['⅓'] = "\\frac{1}{3}",
        ['⅔'] = "\\frac{2}{3}",
        ['¼'] = "\\frac{1}{4}",
        ['¾'] = "\\frac{3}{4}",
        ['⅕'] = "\\frac{1}{5}",
        ['⅖'] = "\\frac{2}{5}",
        ['⅗'] = "\\frac{3}{5}",
        ['⅘'] = "\\frac{4}{5}",
        ['⅙'] = "\\frac{1}{6}",
        ['⅚'] = "\\frac{5}{6}",
        ['⅐'] = "\\frac{1}{7}",
        ['⅛'] = "\\frac{1}{8}",
        ['⅜'] = "\\frac{3}{8}",
        ['⅝'] = "\\frac{5}{8}",
        ['⅞'] = "\\frac{7}{8}",
        ['⅑'] = "\\frac{1}{9}",
        ['⅒'] = "\\frac{1}{10}",
        ['℃'] = "°C",
        ['℉'] = "°F",
        ['º'] = "°",
        ['˚'] = "°",
        ['∎'] = " ",
        ['□'] = " ",
        ['■'] = " ",
        ['✓'] = " ",
        ['∴'] = " ",
        ['∵'] = " ",
        ['…'] = "...",
        ['⋯'] = "...",
        ['’'] = "'",
        ['‘'] = "'",
        ['“'] = "\"",
        ['”'] = "\"",
        ['−'] = "-",
        ['–'] = "-",
        ['‐'] = "-",
        ['‑'] = "-",
        ['﹣'] = "-",
        ['。'] = ". ",
        ['、'] = ", ",
        ['％'] = "%",
        ['﹪'] = "%",
        ['٪'] = "%",
        ['٫'] = ".",
        ['٬'] = ",",
        ['⟪'] = "⟨",
        ['〈'] = "⟨",
        ['〉'] = "⟩",
        ['【'] = "[",
        ['】'] = "]",
        ['∛'] = "\\cbrt ",
        ['\u2028'] = "\n",
        ['\u2029'] = "\n\n",
        ['\u0085'] = "\n",
        ['\r'] = "",
    };

    /// <summary>The end of a text in one spelling.</summary>
    public static string Of(string text)
    {
        var start = Math.Max(0, text.Length - MaxText);
        var plain = new StringBuilder(text.Length - start);
        for (var i = start; i < text.Length; i++)
        {
            i = Append(plain, text, i);
        }

        var result = WithoutRuns(plain);
        return result.Length > MaxText ? result[^MaxText..] : result;
    }

    // Blanks count once, and so do empty lines: runs of them say nothing, and every search would go through them.
    private static string WithoutRuns(StringBuilder text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var chunk in text.GetChunks())
        {
            foreach (var c in chunk.Span)
            {
                var last = plain.Length > 0 ? plain[^1] : '\n';
                if (c == ' ' && last is ' ' or '\n' || (c == '\n' && plain.Length > 1 && last == '\n' && plain[^2] == '\n'))
                {
                    continue;
                }

                if (c == '\n' && last == ' ')
                {
                    plain.Length--;
                    if (plain.Length > 1 && plain[^1] == '\n' && plain[^2] == '\n')
                    {
                        continue;
                    }
                }

                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    /// <summary>Appends what stands at a position, and gives the last position that it took.</summary>
    private static int Append(StringBuilder plain, string text, int i)
    {
        var c = text[i];
        if (c is >= ' ' and < '\u007F' or '\n')
        {
            plain.Append(c);
        }
        else if (Raised.Contains(c, StringComparison.Ordinal))
        {
            return Scripts(plain, text, i, Raised, RaisedPlain, '^');
        }
        else if (Lowered.Contains(c, StringComparison.Ordinal))
        {
            return Scripts(plain, text, i, Lowered, LoweredPlain, '_');
        }
        else if (s_spellings.TryGetValue(c, out var spelling))
        {
            plain.Append(spelling);
        }
        else if (c is '—' or '―' && i + 1 < text.Length && (char.IsAsciiDigit(text[i + 1]) || text[i + 1] is '\\' or '.') && (plain.Length == 0 || plain[^1] is ' ' or '\n' or '(' or '$' or '=' or '{'))
        {
            plain.Append('-');
        }
        else if (c is '\u0304' or '\u0305' or '\u0307' && plain.Length > 0 && char.IsAsciiDigit(plain[^1]))
        {
            // A line or dot above a digit: it repeats.
            plain.Insert(plain.Length - 1, c == '\u0307' ? "\\dot{" : "\\overline{").Append('}');
            plain.Replace("}\\overline{", "", Math.Max(0, plain.Length - 24), Math.Min(24, plain.Length));
        }
        else if (c is >= '\uFF01' and <= '\uFF5E')
        {
            plain.Append((char)(c - '\uFF01' + '!'));
        }
        else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
        {
            AppendPair(plain, char.ConvertToUtf32(c, text[i + 1]), text, i);
            return i + 1;
        }
        else
        {
            plain.Append(char.GetUnicodeCategory(c) switch
            {
                UnicodeCategory.SpaceSeparator => " ",
                UnicodeCategory.Format or UnicodeCategory.Control => c == '\t' ? " " : "",
                UnicodeCategory.DecimalDigitNumber => ((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c))).ToString(),
                _ => c.ToString(),
            });
        }

        return i;
    }

    // Mathematical alphabets: bold, italic, script letters and digits.
    private static void AppendPair(StringBuilder plain, int rune, string text, int i)
    {
        if (CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.DecimalDigitNumber)
        {
            plain.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(text, i)));
        }
        else if (rune is >= 0x1D400 and < 0x1D6A4)
        {
            plain.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(rune - 0x1D400) % 52]);
        }
        else
        {
            plain.Append(text, i, 2);
        }
    }

    private static int Scripts(StringBuilder plain, string text, int i, string from, string to, char sign)
    {
        var run = new StringBuilder();
        for (; i < text.Length && from.IndexOf(text[i]) is >= 0 and var at; i++)
        {
            run.Append(to[at]);
        }

        // ¹⁄₂ is a fraction.
        if (sign == '^' && i + 1 < text.Length && text[i] is '⁄' or '/' && Lowered.Contains(text[i + 1], StringComparison.Ordinal))
        {
            var below = new StringBuilder();
            var end = Scripts(below, text, i + 1, Lowered, LoweredPlain, '_');
            plain.Append("\\frac{").Append(run).Append('}').Append(below, 1, below.Length - 1);
            return end;
        }

        plain.Append(sign).Append('{').Append(run).Append('}');
        return i - 1;
    }
}
