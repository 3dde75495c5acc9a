namespace FlowCompile.Models.OpenAI;

/// <summary>Blank lines between thinking and answer belong to neither.</summary>
internal static class Blanks
{
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
}
