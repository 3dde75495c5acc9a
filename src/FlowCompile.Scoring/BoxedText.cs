namespace FlowCompile.Scoring;

/// <summary>Finds what a text has put in a box.</summary>
internal static class BoxedText
{
    // Boxes that never close are tried from the last on, each as far as the end.
    private const int MaxTries = 20;
    private static readonly string[] s_boxes = ["\\boxed", "\\fbox"];

    /// <summary>The content of the last box, braces matched at any depth; <see langword="null"/> where there is none.</summary>
    public static string? Last(string text)
    {
        var end = text.Length;
        for (var tries = 0; end > 0 && tries < MaxTries; tries++)
        {
            var start = s_boxes.Max(box => text.LastIndexOf(box, end - 1, StringComparison.Ordinal));
            if (start < 0)
            {
                return null;
            }

            if (Content(text, text.IndexOfAny(['{', ' '], start)) is { } content)
            {
                return content;
            }

            end = start;
        }

        return null;
    }

    /// <summary>What stands between the brace at a position and the one that closes it; <see langword="null"/> where none does.</summary>
    public static string? Content(string text, int open)
    {
        if (open < 0)
        {
            return null;
        }

        // "\boxed 5" boxes one token.
        if (text[open] == ' ')
        {
            var word = text[open..].TrimStart();
            if (word is ['{', ..])
            {
                return Content(word, 0);
            }

            var stop = word.IndexOfAny([' ', '$', '.', ',', '\n']);
            return stop == 0 || word.Length == 0 ? null : stop < 0 ? word : word[..stop];
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
}
