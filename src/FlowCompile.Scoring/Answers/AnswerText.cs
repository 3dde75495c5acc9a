namespace FlowCompile.Scoring;

/// <summary>Finds the answer in a model's text.</summary>
internal static class AnswerText
{
    // An answer stands at the end, and no answer is this long.
    private const int MaxText = 16_384;
    private const int MaxAnswer = 1_000;
    private static readonly string[] s_leads = ["answer is", "answer:", "answer =", "####"];

    /// <summary>What may be the answer, surest first: a box alone, or what follows "answer is", or the whole and its last formula.</summary>
    public static IEnumerable<string> Candidates(string text)
    {
        text = text.Length <= MaxText ? text : text[^MaxText..];
        if (BoxedText.Last(text) is { } boxed)
        {
            return [boxed];
        }

        var lead = s_leads.Select(lead => (At: text.LastIndexOf(lead, StringComparison.OrdinalIgnoreCase), lead.Length)).MaxBy(found => found.At);
        if (lead.At >= 0)
        {
            text = text[(lead.At + lead.Length)..].TrimStart(' ', ':', '=', '*', '\n', '\r');
        }

        text = text.Trim();
        return text.Length == 0 ? [] : LastFormula(text) is { } formula && HasWords(text) ? [FirstSentence(text), formula] : [FirstSentence(text)];
    }

    /// <summary>Takes off what does not belong to the answer: dollar signs around it, emphasis, a full stop.</summary>
    public static string Normalize(string answer)
    {
        var text = answer.Trim();
        while (true)
        {
            var bare = Undelimited(text.TrimEnd('.', ' ', '\n', '\r').Trim('*', '`', ' ', '\n', '\r'));
            if (bare == text)
            {
                return text.Length <= MaxAnswer ? text : "";
            }

            text = bare;
        }
    }

    private static string Undelimited(string text)
    {
        foreach (var (open, close) in (ReadOnlySpan<(string, string)>)[("\\(", "\\)"), ("\\[", "\\]")])
        {
            if (text.StartsWith(open, StringComparison.Ordinal) && text.EndsWith(close, StringComparison.Ordinal))
            {
                return text[open.Length..^close.Length].Trim();
            }
        }

        // Dollar signs in pairs delimit formulas; one alone is money.
        var signs = Enumerable.Range(0, text.Length).Where(i => text[i] == '$' && (i == 0 || text[i - 1] != '\\')).ToList();
        return signs.Count > 0 && signs.Count % 2 == 0
            ? string.Concat(text.Select((c, i) => c == '$' && (i == 0 || text[i - 1] != '\\') ? ' ' : c)).Trim()
            : text;
    }

    // A full stop before white space ends a sentence; one in a number does not.
    private static string FirstSentence(string text)
    {
        var end = text.IndexOfAny(['\n', '\r']);
        for (var i = 0; i < text.Length - 1 && (end < 0 || i < end); i++)
        {
            if (text[i] == '.' && char.IsWhiteSpace(text[i + 1]))
            {
                end = i;
            }
        }

        return end < 0 ? text : text[..end];
    }

    private static bool HasWords(string text) => text.Split(' ', 40).Count(word => word.Length > 1 && word.All(char.IsAsciiLetter)) > 1;

    private static string? LastFormula(string text)
    {
        var close = text.LastIndexOf('$');
        var open = close > 0 ? text.LastIndexOf('$', close - 1) : -1;
        return open >= 0 && close - open > 1 ? text[(open + 1)..close] : null;
    }
}
