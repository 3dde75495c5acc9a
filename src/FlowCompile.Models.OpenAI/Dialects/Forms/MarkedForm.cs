namespace FlowCompile.Models.OpenAI;

/// <summary>Marks in the content, with or without thinking in the field before them.</summary>
internal sealed class MarkedForm : IAnswerForm
{
    public AnswerReading? TryRead(Received received)
    {
        var text = MarkedText.Of(received.Content, received.Marks, received.HasField);
        if (text is { Blocks: 0, Orphans: 0, Repeats: 0, IsUnclear: false })
        {
            return null;
        }

        var form = text.Orphans > 0 ? received.HasField ? AnswerForm.RestInContent : text.Blocks > 0 ? AnswerForm.Blocks : AnswerForm.ClosedOnly
            : text.Blocks == 0 ? AnswerForm.Field
            : text is { Blocks: 1, OpensAtStart: true } ? AnswerForm.Block
            : AnswerForm.Blocks;
        return new AnswerReading(form, [.. FieldForm.PartsOf(received), .. text.Parts])
        {
            Doubt = text.IsUnclear ? "a closing mark of thinking stands where it may end thinking or belong to the answer"
                : text.IsCutLater && received.Part != CallPart.First ? "thinking that begins behind some text does not end"
                : null,
        };
    }
}
