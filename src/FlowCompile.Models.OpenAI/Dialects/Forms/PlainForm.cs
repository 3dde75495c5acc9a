namespace FlowCompile.Models.OpenAI;

/// <summary>Nothing but an answer.</summary>
internal sealed class PlainForm : IAnswerForm
{
    public AnswerReading TryRead(Received received) => new(AnswerForm.Plain, [new TextPart(false, 0, received.Content.Length, false)]);
}
