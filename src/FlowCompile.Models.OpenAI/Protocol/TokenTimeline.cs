namespace FlowCompile.Models.OpenAI;

/// <summary>Tells tokens and their times from pieces, as far as the pieces and the server's usage say.</summary>
internal static class TokenTimeline
{
    /// <summary>
    /// The thinking tokens: what the server says, else their share by pieces of the generated tokens. Most servers send a token at a
    /// time, for which the share is exact.
    /// </summary>
    public static long ThinkingTokens(ChatUsage usage, int thinkingPieces, int answerPieces) => usage.Reasoning
        ?? (thinkingPieces == 0 ? 0 : usage.Output * thinkingPieces / (thinkingPieces + answerPieces));

    /// <summary>A time for each token: that of the piece it came in, the tokens spread evenly over the pieces.</summary>
    public static TimeSpan[] Times(IReadOnlyList<TimeSpan> pieces, long tokens)
    {
        var times = new TimeSpan[pieces.Count == 0 ? 0 : tokens];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = pieces[(int)((long)i * pieces.Count / times.Length)];
        }

        return times;
    }
}
