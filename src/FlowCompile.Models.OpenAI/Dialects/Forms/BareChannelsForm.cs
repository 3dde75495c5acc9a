namespace FlowCompile.Models.OpenAI;

/// <summary>Channels whose marks the server has taken out and whose names it has left: <c>analysisthinkingassistantfinalanswer</c>.</summary>
internal sealed class BareChannelsForm : IAnswerForm
{
    private const string Header = "assistantfinal";
    private static readonly string[] s_names = ["analysis", "commentary"];

    public AnswerReading? TryRead(Received received)
    {
        var text = received.Content;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var name = Array.Find(s_names, one => string.CompareOrdinal(text, start, one, 0, one.Length) == 0);
        var at = text.LastIndexOf(Header, StringComparison.Ordinal);
        if (name is null || at < start + name.Length)
        {
            return null;
        }

        List<TextPart> parts = received.HasField ? [new TextPart(true, 0, received.Field.Length, true)] : [];
        parts.Add(new TextPart(false, start + name.Length, at, true));
        parts.Add(new TextPart(false, Blanks.AfterMark(text, at + Header.Length, text.Length), text.Length, false));
        return new AnswerReading(AnswerForm.BareChannels, parts);
    }
}
