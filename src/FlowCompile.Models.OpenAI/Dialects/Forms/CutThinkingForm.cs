namespace FlowCompile.Models.OpenAI;

/// <summary>
/// The first call of a continuation, cut by its budget, without a mark and without a field. A model that thinks has not come to the end of its
/// thinking, which the template has opened. Only where the model has shown that it opens its thinking itself, this is the answer.
/// </summary>
internal sealed class CutThinkingForm : IAnswerForm
{
    public AnswerReading? TryRead(Received received) =>
        received is { Part: CallPart.First, IsCut: true, HasField: false, HasContent: true, Known: not (AnswerForm.Block or AnswerForm.Field or AnswerForm.Channels) }
            ? new AnswerReading(AnswerForm.CutThinking, [new TextPart(false, 0, received.Content.Length, true)])
            : null;
}
