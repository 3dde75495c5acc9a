using System.Globalization;
using System.Text;

namespace FlowCompile.Text;

/// <summary>
/// Text that comes from outside: files, servers, file names, exceptions. The one rule of which characters are hidden, shared by the readers
/// (which refuse them in names), the generator (which escapes them in code) and the command line (which shows them as <c>\u001B</c>).
/// </summary>
internal static class OutsideText
{
    /// <summary>The most characters of one text that are shown; the rest is counted.</summary>
    public const int Limit = 300;

    /// <summary>The most characters of a message that is made of fixed words and of several texts.</summary>
    public const int MessageLimit = 1_000;

    /// <summary>
    /// The index of the first hidden character: a control or format character (Cc, Cf), a line or paragraph separator (Zl, Zp), half of a
    /// surrogate pair, or a code point that is no character. -1 where there is none.
    /// </summary>
    /// <param name="text">The text.</param>
    public static int IndexOfHidden(string text)
    {
        for (var i = 0; i < text.Length; i += LengthAt(text, i))
        {
            if (IsHidden(text, i))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// What is wrong with a name or another text of one line that a file says, as the end of a sentence; <see langword="null"/> where
    /// nothing is. Nobody sees a hidden character, but a compiler, a terminal and a comparison of names do.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string? ProblemOf(string text) => IndexOfHidden(text) is >= 0 and var index
        ? $"holds the hidden character {NameAt(text, index)} as its character {(index + 1).ToString(CultureInfo.InvariantCulture)}; write it without"
        : null;

    /// <summary>The name of the character at an index, as the Unicode standard writes it: <c>U+2028</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The index.</param>
    public static string NameAt(string text, int index) => "U+" + CodeAt(text, index).ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>The text with every hidden character as C# and JSON write it: <c>\u2028</c>, and <c>\uDB40\uDC01</c> for a pair.</summary>
    /// <param name="text">The text.</param>
    public static string Visible(string text) => Show(text, int.MaxValue);

    /// <summary>The text with its hidden characters visible and, where it is longer than a limit, cut there and the rest counted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The most characters shown.</param>
    public static string Show(string text, int limit = Limit)
    {
        if (text.Length <= limit && IndexOfHidden(text) < 0)
        {
            return text;
        }

        var shown = new StringBuilder(Math.Min(text.Length, limit));
        for (var i = 0; i < text.Length;)
        {
            var length = LengthAt(text, i);
            var hidden = IsHidden(text, i);
            if (shown.Length + (hidden ? 6 * length : length) > limit)
            {
                return shown.Append("… and ").Append((text.Length - i).ToString("N0", CultureInfo.InvariantCulture)).Append(" more").ToString();
            }

            for (var end = i + length; i < end; i++)
            {
                _ = hidden ? shown.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture)) : shown.Append(text[i]);
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(string text, int index)
    {
        var c = text[index];
        if (c < 0x7F)
        {
            return c < ' ';
        }

        // What is no character, no document may hold either (XML), and what reads it may take it for an end.
        return (CodeAt(text, index) & 0xFFFE) == 0xFFFE || CharUnicodeInfo.GetUnicodeCategory(text, index)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
    }

    private static int LengthAt(string text, int index) => char.IsSurrogatePair(text, index) ? 2 : 1;

    private static int CodeAt(string text, int index) => char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index) : text[index];
}
