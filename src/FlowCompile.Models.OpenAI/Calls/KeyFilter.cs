using System.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Takes keys out of texts that servers send: whole or in long parts, as they are or in the spellings that texts pass through on their way
/// (base64, also within a longer text such as that of basic authentication, hexadecimal digits, percent encoding, escapes of JSON and HTML).
/// </summary>
internal sealed class KeyFilter
{
    private const string Mark = "[key]";

    // A part of a key that is as long says something of it; what all keys of a server begin with is shorter.
    private const int LongPart = 12;
    private readonly List<Form> _forms;

    // Every three characters that follow one another in a form; null where a form is shorter. Most places of a text have none of them.
    private readonly HashSet<(char, char, char)>? _threes;
    private readonly char[] _characters;

    /// <summary>Creates the filter.</summary>
    /// <param name="keys">The keys.</param>
    public KeyFilter(IEnumerable<string> keys)
    {
        _forms = [.. keys.SelectMany(Forms).OrderByDescending(form => form.Text.Length)];
        _characters = [.. _forms.SelectMany(form => form.Text).Distinct()];
        _threes = _forms.TrueForAll(form => form.Text.Length > 2)
            ? [.. _forms.SelectMany(form => Enumerable.Range(0, form.Text.Length - 2).Select(at => Three(form.Text, at)))]
            : null;
    }

    /// <summary>The text with a mark in place of each key.</summary>
    /// <param name="text">The text.</param>
    public string Clean(string text)
    {
        if (_forms.Count == 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (length, isCoded) = MayBegin(text, at) ? LongestAt(text, at) : default;
            if (length == 0)
            {
                clean.Append(text[at++]);
                continue;
            }

            at += length;
            if (isCoded)
            {
                // What stands before and after in the same code goes with it: it holds the key's first and last bits.
                while (clean.Length > 0 && IsCode(clean[^1]))
                {
                    clean.Length--;
                }

                for (; at < text.Length && IsCode(text[at]); at++)
                {
                }
            }

            clean.Append(Mark);
        }

        return clean.ToString();
    }

    private static IEnumerable<Form> Forms(string key)
    {
        yield return new Form(key, IsCoded: false);
        var bytes = Encoding.UTF8.GetBytes(key);
        if (bytes.Length < 6)
        {
            yield break;
        }

        yield return new Form(Convert.ToHexString(bytes), IsCoded: true);

        // Three ways to be cut into groups, by what stands before it; of each, what the key alone decides.
        for (var before = 0; before < 3; before++)
        {
            var coded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var end = (before + bytes.Length) * 8 / 6;
            var start = before == 0 ? 0 : before + 1;
            yield return new Form(coded[start..end], IsCoded: true);
            yield return new Form(coded[start..end].Replace('+', '-').Replace('/', '_'), IsCoded: true);
        }
    }

    // Signs that begin a spelling of a character may stand for any.
    private bool MayBegin(string text, int at) =>
        _threes is null || text.Length - at < 3 || text.AsSpan(at, 3).ContainsAny('%', '\\', '&') || _threes.Contains(Three(text, at));

    private static (char, char, char) Three(string text, int at) =>
        (char.ToUpperInvariant(text[at]), char.ToUpperInvariant(text[at + 1]), char.ToUpperInvariant(text[at + 2]));

    // The longest that is long enough of any form at a place, by the text that it takes.
    private (int Length, bool IsCoded) LongestAt(string text, int at)
    {
        var (longest, isCoded) = (0, false);

        // What a sign spells is worked out once, not for each place of each form.
        var first = text[at] is '%' or '\\' or '&' ? Array.FindAll(_characters, c => LengthOf(text, at, c) > 0) : null;
        foreach (var form in first is [] ? [] : _forms)
        {
            var enough = Math.Min(form.Text.Length, Math.Max(8, Math.Min(LongPart, form.Text.Length / 2)));
            for (var from = 0; from <= form.Text.Length - enough; from++)
            {
                var (matched, length) = first?.Contains(form.Text[from]) == false ? default : Match(text, at, form.Text, from);
                if (matched >= enough && length > longest)
                {
                    (longest, isCoded) = (length, form.IsCoded);
                }
            }
        }

        return (longest, isCoded);
    }

    private static (int Matched, int Length) Match(string text, int at, string form, int from)
    {
        var (matched, end) = (0, at);
        while (from + matched < form.Length && end < text.Length && LengthOf(text, end, form[from + matched]) is > 0 and var length)
        {
            (matched, end) = (matched + 1, end + length);
        }

        return (matched, end - at);
    }

    /// <summary>How many characters of the text at a place spell a character, in whatever way; 0 where they spell another.</summary>
    private static int LengthOf(string text, int at, char c)
    {
        var rest = text.AsSpan(at);
        var coded = rest[0] switch
        {
            '%' => Percent(rest, c),
            '\\' => Escape(rest, c),
            '&' => Entity(rest, c),
            _ => 0,
        };
        return coded > 0 ? coded : char.ToUpperInvariant(rest[0]) == char.ToUpperInvariant(c) ? 1 : 0;
    }

    // Encoded twice, the sign itself is encoded: %252B.
    private static int Percent(ReadOnlySpan<char> rest, char c)
    {
        var start = 1;
        while (rest.Length > start + 1 && rest[start] == '2' && rest[start + 1] == '5')
        {
            start += 2;
        }

        return rest.Length >= start + 2 && IsHex(rest.Slice(start, 2), c) ? start + 2
            : start > 1 && c == '%' ? start
            : 0;
    }

    private static int Escape(ReadOnlySpan<char> rest, char c)
    {
        if (c == '\\' && rest.Length > 1 && rest[1] == c)
        {
            return 2;
        }

        var start = 1;
        while (start < rest.Length && rest[start] == '\\')
        {
            start++;
        }

        return start >= rest.Length ? 0
            : rest[start] is 'u' or 'U' && rest.Length >= start + 5 && IsHex(rest.Slice(start + 1, 4), c) ? start + 5
            : rest[start] is 'x' or 'X' && rest.Length >= start + 3 && IsHex(rest.Slice(start + 1, 2), c) ? start + 3
            : rest[start] == c && !char.IsAsciiLetterOrDigit(c) ? start + 1
            : 0;
    }

    private static int Entity(ReadOnlySpan<char> rest, char c)
    {
        var end = rest[..Math.Min(rest.Length, 24)].IndexOf(';');
        if (end < 0)
        {
            return 0;
        }

        var name = rest[1..end].ToString();

        // Escaped twice, the sign itself is escaped, and the name comes after it.
        if (name == "amp" && rest.Length > end + 1 && Entity([.. "&", .. rest[(end + 1)..]], c) is > 0 and var inner)
        {
            return end + inner;
        }

        return System.Net.WebUtility.HtmlDecode($"&{name};") == c.ToString() ? end + 1 : 0;
    }

    private static bool IsHex(ReadOnlySpan<char> digits, char c) =>
        int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
        && char.ToUpperInvariant((char)code) == char.ToUpperInvariant(c);

    private static bool IsCode(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_';

    /// <summary>A spelling of a key.</summary>
    /// <param name="Text">The spelling.</param>
    /// <param name="IsCoded">Whether it is in a code of letters and digits, in which more may stand around it.</param>
    private sealed record Form(string Text, bool IsCoded);
}
