namespace FlowCompile.Models.OpenAI;

/// <summary>Thinking in a field of its own, or in parts of the content that are called so.</summary>
internal sealed class FieldForm : IAnswerForm
{
    public AnswerReading? TryRead(Received received) => !received.HasField ? null : new AnswerReading(AnswerForm.Field,
    [
        .. PartsOf(received),
        new TextPart(false, Blanks.AfterLines(received.Content, 0, received.Content.Length), received.Content.Length, false),
    ]);

    /// <summary>The field, without marks at its beginning and end.</summary>
    public static IEnumerable<TextPart> PartsOf(Received received)
    {
        var (text, start, end) = (received.Field, 0, received.Field.Length);
        if (received.Marks.Next(text, 0) is { Opens: true } mark && text.AsSpan(..mark.At).IsWhiteSpace())
        {
            start = mark.End;
        }

        for (var next = received.Marks.Next(text, start); next is { } one; next = received.Marks.Next(text, one.End))
        {
            end = one.Closes && text.AsSpan(one.End..).IsWhiteSpace() ? one.At : end;
        }

        return end > start ? [new TextPart(true, start, end, true)] : [];
    }
}
