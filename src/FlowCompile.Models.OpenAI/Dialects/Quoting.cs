namespace FlowCompile.Models.OpenAI;

/// <summary>Tells a mark that is talked about from one that parts thinking from answer, by what stands around it.</summary>
internal static class Quoting
{
    private const string Before = "\"'`“‘«(";
    private const string After = "\"'`”’»)";
    private const string Fence = "```";

    /// <summary>Whether it is between quotation marks, backticks or brackets.</summary>
    public static bool IsQuoted(string text, Mark mark)
    {
        // The sign before it opens a quotation, rather than ending one.
        var (before, after) = (mark.At > 0 ? text[mark.At - 1] : '\n', mark.End < text.Length ? text[mark.End] : '\n');
        if (Before.Contains(before, StringComparison.Ordinal) && After.Contains(after, StringComparison.Ordinal)
            && !(mark.At > 1 && char.IsLetterOrDigit(text[mark.At - 2])) && !(mark.End + 1 < text.Length && char.IsLetterOrDigit(text[mark.End + 1])))
        {
            return true;
        }

        // In code within a line.
        var line = text.AsSpan(LineStart(text, mark.At)..mark.At);
        var rest = text.AsSpan(mark.End);
        rest = rest.IndexOf('\n') is >= 0 and var end ? rest[..end] : rest;
        return line.Count('`') % 2 == 1 && rest.Contains('`') && !line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
    }

    /// <summary>Whether it is in a block of code that begins and ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="from">Where the part of the text begins whose blocks count.</param>
    public static bool IsFenced(string text, Mark mark, int from)
    {
        var inside = false;
        for (var at = from; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var feed ? feed : text.Length;
            if (!inside && at > mark.At)
            {
                return false;
            }

            var line = text.AsSpan(at..end).Trim();
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                // What names a language begins a block, and never ends one.
                var bare = line.Trim('`').IsEmpty;
                if (inside && at > mark.At)
                {
                    return bare;
                }

                inside = !inside || !bare;
            }

            at = end + 1;
        }

        return false;
    }

    /// <summary>Whether a word and a blank stand before it, so that it may be a word of a sentence.</summary>
    public static bool FollowsWord(string text, Mark mark)
    {
        var before = text.AsSpan(..mark.At);
        var word = before.TrimEnd(' ');
        return word.Length < before.Length && !word.IsEmpty && (char.IsLetterOrDigit(word[^1]) || word[^1] == ',');
    }

    /// <summary>Whether punctuation follows it, with which no answer begins.</summary>
    public static bool MeetsPunctuation(string text, Mark mark) => mark.End < text.Length && ".,;:!?)".Contains(text[mark.End], StringComparison.Ordinal);

    /// <summary>Whether a sentence goes on behind it.</summary>
    public static bool GoesOn(string text, Mark mark) =>
        mark.End < text.Length && text[mark.End] == ' ' && text.AsSpan(mark.End).TrimStart(' ') is { IsEmpty: false } next && char.IsLower(next[0]);

    /// <summary>Whether only blanks are before it on its line.</summary>
    public static bool BeginsLine(string text, Mark mark) => text.AsSpan(LineStart(text, mark.At)..mark.At).IsWhiteSpace();

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
}
