namespace FlowCompile.Models.OpenAI;

/// <summary>Tells tokens and their times from the pieces in which thinking and answer came, as far as they and the server's usage say.</summary>
internal sealed class TokenTimeline
{
    // Above that many tokens a piece, pieces are no measure of tokens.
    private const int MostTokensAPiece = 2;
    private readonly List<TimeSpan> _thinking = [];
    private readonly List<TimeSpan> _answer = [];
    private long _thinkingLength;
    private long _answerLength;
    private bool _hasFieldThinking;
    private bool _hasMarkedThinking;
    private bool _hasFieldAnswer;

    /// <summary>When the first piece was there; <see langword="null"/> where none was.</summary>
    public TimeSpan? First => _thinking.Count + _answer.Count == 0 ? null : _thinking.Concat(_answer).Min();

    /// <summary>Takes a piece that has text.</summary>
    public void Add(ChatPiece piece)
    {
        (piece.IsThinking ? _thinking : _answer).Add(piece.Time);
        if (piece.IsThinking)
        {
            _thinkingLength += piece.Text.Length;
            _hasFieldThinking |= piece.InField;
            _hasMarkedThinking |= !piece.InField;
        }
        else
        {
            _answerLength += piece.Text.Length;
            _hasFieldAnswer |= piece.InField;
        }
    }

    /// <summary>
    /// The thinking tokens: what the server says, else their share of the generated tokens. A server that took part of the thinking for the answer, or
    /// the answer for thinking, has counted so: there the share says more.
    /// </summary>
    /// <param name="usage">What the server says; <see langword="null"/> where it says nothing, for which the pieces count.</param>
    public long ThinkingTokens(ChatUsage? usage)
    {
        if (usage is null)
        {
            return _thinking.Count;
        }

        var share = Share(usage.Output);
        return usage.Reasoning is not { } told ? share
            : _hasFieldAnswer ? Math.Min(told, share)
            : _hasMarkedThinking && (_hasFieldThinking || told == 0) ? Math.Max(told, share)
            : told;
    }

    /// <summary>A time for each token, thinking first: that of the piece it came in, the tokens of either kind spread evenly over its pieces.</summary>
    /// <param name="usage">What the server says; <see langword="null"/> where it says nothing, for which each piece is a token.</param>
    public TimeSpan[] Times(ChatUsage? usage)
    {
        if (First is not { } first)
        {
            return [];
        }

        var all = usage?.Output ?? _thinking.Count + _answer.Count;
        var thinking = Math.Min(all, ThinkingTokens(usage));

        // Thinking that the server keeps to itself was there when the answer began.
        List<TimeSpan> beginning = [first], end = [_thinking.Count > 0 ? _thinking[^1] : first];
        TimeSpan[] times = [.. Spread(_thinking.Count > 0 ? _thinking : beginning, thinking), .. Spread(_answer.Count > 0 ? _answer : end, all - thinking)];
        Array.Sort(times);
        return times;
    }

    // Most servers send a token at a time, for which the share of the pieces is exact.
    private long Share(long output)
    {
        var pieces = _thinking.Count + _answer.Count;
        return _thinking.Count == 0 ? 0
            : output <= MostTokensAPiece * (long)pieces ? output * _thinking.Count / pieces
            : (long)((double)output * _thinkingLength / (_thinkingLength + _answerLength));
    }

    private static IEnumerable<TimeSpan> Spread(List<TimeSpan> pieces, long tokens)
    {
        for (long i = 0; i < tokens; i++)
        {
            yield return pieces[(int)(i * pieces.Count / tokens)];
        }
    }
}
