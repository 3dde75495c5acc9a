namespace FlowCompile.Models.OpenAI;

/// <summary>
/// The second call of a continuation at a server that parts thinking from answer: it waits for the end of thinking, which is in the prefix, and
/// takes all for thinking. Where an answer follows, or a mark is in it, it did think once more, and the budget was ignored.
/// </summary>
internal sealed class ContinuedForm : IAnswerForm
{
    public AnswerReading? TryRead(Received received) =>
        received is { Part: CallPart.Second, HasField: true, HasContent: false } && received.Marks.Next(received.Field, 0) is null
            ? new AnswerReading(AnswerForm.ContinuedAsThinking, [new TextPart(true, Blanks.AfterLines(received.Field, 0, received.Field.Length), received.Field.Length, false)])
            : null;
}
