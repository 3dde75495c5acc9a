namespace FlowCompile.Models.OpenAI;

/// <summary>Thinking, a closing mark and the answer, all of them in the field for thinking.</summary>
internal sealed class AnswerInFieldForm : IAnswerForm
{
    public AnswerReading? TryRead(Received received)
    {
        if (!received.HasField || received.HasContent)
        {
            return null;
        }

        var text = MarkedText.Of(received.Field, received.Marks, thought: false, inField: true);
        return (text.Orphans > 0 || text.Blocks > 0) && text.HasAnswer && !text.IsUnclear && !text.IsCutLater ? new AnswerReading(AnswerForm.AnswerInField, text.Parts) : null;
    }
}
