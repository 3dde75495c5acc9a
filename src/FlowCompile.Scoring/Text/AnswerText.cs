namespace FlowCompile.Scoring;

/// <summary>Finds the answer in a model's text.</summary>
internal static class AnswerText
{
    // No answer is longer than that.
    private const int MaxAnswer = 1_000;

    /// <summary>What may be the answer, surest first; what is read first as mathematics is it.</summary>
    /// <param name="text">The text, in one spelling (<see cref="PlainText"/>).</param>
    public static IEnumerable<string> Candidates(string text)
    {
        text = Envelope.Open(text);
        if (BoxedText.Last(text) is { Count: > 0 } boxes)
        {
            return [string.Join(", ", boxes)];
        }

        if (Envelope.Tagged(text) is { } tagged)
        {
            return BoxedText.Last(tagged) is { Count: > 0 } inner ? [string.Join(", ", inner)] : [tagged];
        }

        var announced = AnswerMarks.Announced(text).SelectMany(Statement.Candidates).ToList();
        if (announced.Count > 0)
        {
            return announced;
        }

        // What is announced and denied is no answer, however it is read.
        return AnswerMarks.Announced(text).Any() ? [] : Statement.Candidates(TrailingText.Cut(text), whole: true);
    }

    /// <summary>Takes off what does not belong to the answer: dollar signs around it, emphasis, a full stop.</summary>
    public static string Normalize(string answer)
    {
        var text = answer.Trim();
        for (var round = 0; round < 12; round++)
        {
            var bare = Formula.WithoutSigns(TrimEnd(text)).Trim().Trim('*', '`', ' ', '\n', '\r', '"').Trim();
            bare = Unquoted(bare);
            if (bare == text)
            {
                break;
            }

            text = bare;
        }

        return text.Length <= MaxAnswer ? text : "";
    }

    // A full stop ends a sentence; three say that it goes on.
    private static string TrimEnd(string text)
    {
        var trimmed = text.TrimEnd(' ', '\n', ';', ',', '?');
        trimmed = trimmed.EndsWith('\\') && trimmed.Length < text.Length ? trimmed[..^1] : trimmed;
        return trimmed.EndsWith("...", StringComparison.Ordinal) || !trimmed.EndsWith('.') ? trimmed : trimmed[..^1];
    }

    // Emphasis by lines below, the mark of a quotation or of an item of a list.
    private static string Unquoted(string text) => text is ['_', '_', _, .., '_', '_'] ? text[2..^2]
        : text is ['_', _, .., '_'] ? text[1..^1]
        : text is ['>' or '•', ' ', ..] ? text[2..]
        : text;
}
