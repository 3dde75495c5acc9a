namespace FlowCompile.Models.OpenAI;

/// <summary>Blanks between thinking and answer belong to neither.</summary>
internal static class Blanks
{
    /// <summary>Whether a text has nothing but blanks, byte order marks and spaces without width.</summary>
    public static bool Are(ReadOnlySpan<char> text)
    {
        foreach (var one in text)
        {
            if (!char.IsWhiteSpace(one) && one is not ('\uFEFF' or '\u200B'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the first line begins that is not blank; blanks on that line stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to stop.</param>
    public static int AfterLines(string text, int start, int end)
    {
        var first = start;
        for (var at = start; at < end && char.IsWhiteSpace(text[at]); at++)
        {
            first = text[at] == '\n' ? at + 1 : first;
        }

        return first;
    }

    /// <summary>Where a text begins behind a mark: blanks beside the mark go, and blank lines; what the first line is indented by stays.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to stop.</param>
    public static int AfterMark(string text, int start, int end)
    {
        var line = AfterLines(text, start, end);
        while (line == start && start < end && char.IsWhiteSpace(text[start]))
        {
            line = ++start;
        }

        return line;
    }
}
