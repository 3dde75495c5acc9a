namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Channels, as gpt-oss writes them: <c>&lt;|channel|&gt;analysis&lt;|message|&gt;thinking&lt;|end|&gt;&lt;|start|&gt;assistant&lt;|channel|&gt;final&lt;|message|&gt;answer&lt;|return|&gt;</c>.
/// The channel <c>final</c> is the answer, any other is thinking.
/// </summary>
internal sealed class ChannelsForm : IAnswerForm
{
    private const string Final = "final";

    public AnswerReading? TryRead(Received received)
    {
        var inField = !received.HasContent && Has(received.Field);
        if (!inField && !Has(received.Content))
        {
            return null;
        }

        List<TextPart> parts = received.HasField && !inField ? [new TextPart(true, 0, received.Field.Length, true)] : [];
        var calls = Walk(inField ? received.Field : received.Content, inField, parts);
        return new AnswerReading(AnswerForm.Channels, parts) { CallsTool = calls };
    }

    private static bool Has(string text)
    {
        var (mark, at) = Channels.Next(text, 0);
        return at >= 0 && (mark is Channels.Channel or Channels.Start or Channels.Message || text.Contains(Channels.Channel, StringComparison.Ordinal) || text.AsSpan(at + mark.Length).IsWhiteSpace())
            && !Quoting.IsQuoted(text, new Mark(at, mark.Length, new MarkPair(mark, mark), true, true))
            && !Quoting.IsFenced(text, new Mark(at, mark.Length, new MarkPair(mark, mark), true, true), 0)
            && (mark != Channels.Message || text.AsSpan(..at).Trim().Length < 64);
    }

    /// <summary>Goes through the marks. A message's header runs from the channel's mark to the message's.</summary>
    private static bool Walk(string text, bool inField, List<TextPart> parts)
    {
        // Without a header at the beginning it is thinking where a channel for the answer follows, else the answer itself.
        var hasFinal = text.Contains(Channels.Channel + Final, StringComparison.Ordinal);
        var first = Channels.Next(text, 0);
        var (channel, header, from, calls) = (hasFinal ? "analysis" : Final, first.Mark == Channels.Message ? 0 : -1, 0, false);
        var isNamed = header == 0;
        for (var (mark, at) = first; at >= 0; (mark, at) = Channels.Next(text, at + mark.Length))
        {
            if (mark == Channels.Message)
            {
                if (header >= 0)
                {
                    var words = text[header..at];
                    calls |= words.Contains("to=", StringComparison.Ordinal);
                    channel = isNamed ? words.Trim().Split([' ', '<'], 2)[0] : Final;
                }

                (header, from) = (-1, at + mark.Length);
                continue;
            }

            if (header < 0)
            {
                Add(from, at);
            }

            from = at + mark.Length;
            (header, isNamed) = (mark is Channels.Channel or Channels.Start ? from : -1, mark == Channels.Channel);
        }

        if (header < 0)
        {
            Add(from, text.Length);
        }

        return calls;

        void Add(int start, int end)
        {
            var isThinking = channel != Final;
            start = isThinking ? start : Blanks.AfterMark(text, start, end);
            if (!text.AsSpan(start..Math.Max(start, end)).IsWhiteSpace())
            {
                parts.Add(new TextPart(inField, start, end, isThinking));
            }
        }
    }
}
