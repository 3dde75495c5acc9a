namespace FlowCompile.Models.OpenAI;

/// <summary>The forms, in the order in which they are tried: the first that an answer has is its form.</summary>
internal static class AnswerForms
{
    private static readonly IAnswerForm[] s_forms =
    [
        new ChannelsForm(),            // before marks: a channel's header may have been configured as one
        new BareChannelsForm(),
        new ContinuedForm(),           // before fields: there thinking is none
        new AnswerInFieldForm(),       // before marks: only where the content is empty
        new MarkedForm(),
        new CutThinkingForm(),         // after marks, which say more
        new FieldForm(),
        new PlainForm(),               // takes everything
    ];

    /// <summary>Reads an answer.</summary>
    public static AnswerReading Read(Received received) => s_forms.Select(form => form.TryRead(received)).First(reading => reading is not null)!;
}
