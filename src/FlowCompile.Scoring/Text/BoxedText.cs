namespace FlowCompile.Scoring;

/// <summary>Finds what a text has put in boxes.</summary>
internal static class BoxedText
{
    // Boxes that never close are tried each as far as the end; what joins boxes of one answer is short.
    private const int MaxTries = 20;
    private const int MaxJoin = 30;
    private static readonly string[] s_boxes = ["\\boxed", "\\fbox", "\\framebox"];

    /// <summary>The contents of the last box, and of those before it that are part of the same list; empty where there is none.</summary>
    public static IReadOnlyList<string> Last(string text)
    {
        var contents = new List<string>();
        var end = text.Length;
        var before = text.Length;
        for (var tries = 0; end > 0 && tries < MaxTries; tries++)
        {
            var start = s_boxes.Max(box => text.LastIndexOf(box, end - 1, StringComparison.Ordinal));
            if (start < 0)
            {
                break;
            }

            end = start;
            if (Boxed(text, start) is not var (content, close) || close > before)
            {
                continue;
            }

            if (contents.Count > 0 && !Joins(text[close..before]))
            {
                break;
            }

            before = start;
            if (!Denials.EndsDenied(text, start))
            {
                contents.Insert(0, content);
            }
        }

        return contents is [var only] && Last(only) is { Count: > 0 } inner ? inner : contents;
    }

    /// <summary>What stands between the brace at a position and the one that closes it; <see langword="null"/> where none does.</summary>
    public static string? Content(string text, int open)
    {
        if (open < 0)
        {
            return null;
        }

        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '{')
            {
                depth++;
            }
            else if (text[i] == '}' && --depth == 0)
            {
                return text[(open + 1)..i];
            }
        }

        return null;
    }

    private static (string Content, int Close)? Boxed(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        var spaced = at;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        if (at < text.Length && text[at] == '{')
        {
            return Content(text, at) is { } content ? (content, at + content.Length + 2) : null;
        }

        // "\boxed 5" boxes one token.
        var stop = text.IndexOfAny([' ', '$', '.', ',', '\n'], at);
        stop = stop < 0 ? text.Length : stop;
        return at > spaced && stop > at ? (text[at..stop], stop) : null;
    }

    // Between boxes of one list stand at most a comma, a word and the name of the next: ", y =" or "$ and $".
    private static bool Joins(string between) => between.Length <= MaxJoin && !between.Contains('\n', StringComparison.Ordinal) && !between.Contains(". ", StringComparison.Ordinal)
        && between.Contains("and", StringComparison.Ordinal) | between.Contains("or", StringComparison.Ordinal) | between.Contains(',', StringComparison.Ordinal)
        && between.Split(' ', '$', '~', ',').All(word => word.Length < 2 || !word.All(char.IsAsciiLetter) || word is "and" or "or");
}
