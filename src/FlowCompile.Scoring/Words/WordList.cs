using System.Globalization;
using System.Text;

namespace FlowCompile.Scoring;

/// <summary>The words of a text, in lower case, without punctuation, articles and the marks of letters.</summary>
internal static class WordList
{
    /// <summary>Reads the words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parted">Whether a hyphen parts words; otherwise it joins them.</param>
    public static List<string> Read(string text, bool parted)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            Append(plain, text, i, parted);
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the"))];
    }

    private static void Append(StringBuilder plain, string text, int i, bool parted)
    {
        var c = LetterFolding.Fold(text[i]);
        if (IsWordAlone(c))
        {
            // Scripts without blanks between words: each character counts as one.
            plain.Append(' ').Append(c).Append(' ');
            return;
        }

        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.DashPunctuation:
                plain.Append(parted || IsBetweenDigits(text, i) ? " " : "");
                break;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                plain.Append(' ');
                break;
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark when c < '\u0370' || char.GetUnicodeCategory(c) == UnicodeCategory.Format:
                break;
            default:
                if (c is 'ß' or 'æ' or 'œ' or 'ﬁ' or 'ﬂ')
                {
                    plain.Append(c switch { 'ß' => "ss", 'æ' => "ae", 'œ' => "oe", 'ﬁ' => "fi", _ => "fl" });
                }
                else if (c == '/' && parted)
                {
                    plain.Append(' ');
                }
                else if (!(char.IsPunctuation(c) || char.IsSymbol(c)) || (c == '.' && IsBetweenDigits(text, i)))
                {
                    plain.Append(c);
                }

                break;
        }
    }

    private static bool IsBetweenDigits(string text, int i) => i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);

    private static bool IsWordAlone(char c) => c is >= '\u3041' and <= '\u30FF' and not '\u30FB' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or >= '\uAC00' and <= '\uD7A3' or >= '\u0E01' and <= '\u0E30';
}
