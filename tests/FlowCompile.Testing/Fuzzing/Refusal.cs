using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowCompile.Testing.Fuzzing;

/// <summary>What every refusal has to be: one line for people, whatever the input holds.</summary>
public static partial class Refusal
{
    // Outside text is cut after 300 characters; a message quotes few of them.
    private const int MostCharacters = 1500;

    /// <summary>Checks a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The path of the file or folder that it must name.</param>
    /// <exception cref="FuzzFailureException">It is empty, too long, of several lines, holds control characters or does not name the file.</exception>
    public static void Check(string message, string path)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            throw new FuzzFailureException("message is empty", "the refusal says nothing");
        }

        var shown = Visible(message);
        if (message.Length > MostCharacters + path.Length)
        {
            throw new FuzzFailureException("message is too long", $"{message.Length} characters: {shown}");
        }

        if (FirstUnfit(message, alsoFormat: true) is { } unfit)
        {
            throw new FuzzFailureException($"message holds {unfit.Category}", $"U+{unfit.Value:X4} in: {shown}");
        }

        // Of a path that is longer than a message may be, its beginning is there.
        if (!message.Contains(path[..Math.Min(path.Length, 500)], StringComparison.Ordinal))
        {
            throw new FuzzFailureException("message does not name the file", shown);
        }
    }

    /// <summary>Checks that a message names a line of a file.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="required">Whether there has to be a line.</param>
    /// <exception cref="FuzzFailureException">There is none, or one that the file does not have.</exception>
    public static void CheckLine(string message, string path, ReadOnlySpan<byte> content, bool required)
    {
        var rest = message[(message.IndexOf(path, StringComparison.Ordinal) + path.Length)..];
        var match = Place().Match(rest);
        if (!match.Success)
        {
            if (required)
            {
                throw new FuzzFailureException("message names no line", Visible(message));
            }

            return;
        }

        var lines = content.Count((byte)'\n') + content.Count((byte)'\r') + 1;
        var line = long.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        if (line < 1 || line > lines)
        {
            throw new FuzzFailureException("message names a line that is not there", $"of {lines}: {Visible(message)}");
        }
    }

    /// <summary>The first character that may not reach a terminal: a control character, a line or paragraph separator, half a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="alsoFormat">Whether format characters, such as those that turn the direction of writing, count too.</param>
    public static (UnicodeCategory Category, int Value)? FirstUnfit(string text, bool alsoFormat)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i) is var pair && pair)
            {
                var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
                if (alsoFormat && category == UnicodeCategory.Format)
                {
                    return (category, char.ConvertToUtf32(text, i));
                }

                i++;
                continue;
            }

            var one = CharUnicodeInfo.GetUnicodeCategory(text[i]);
            if (one is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
                || (alsoFormat && one == UnicodeCategory.Format))
            {
                return (one, text[i]);
            }
        }

        return null;
    }

    /// <summary>A text as it can be printed: at most 600 characters, everything but ASCII as its number.</summary>
    /// <param name="text">The text.</param>
    public static string Visible(string text)
    {
        var visible = new StringBuilder();
        foreach (var one in text.AsSpan(0, Math.Min(600, text.Length)))
        {
            visible.Append(one is >= ' ' and < '\x7F' ? one.ToString() : $"\\u{(int)one:x4}");
        }

        return visible.Append(text.Length > 600 ? "..." : "").ToString();
    }

    [GeneratedRegex(@"^\((?<line>\d+)[,)]", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
