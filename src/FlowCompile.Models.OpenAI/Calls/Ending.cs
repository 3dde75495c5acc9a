namespace FlowCompile.Models.OpenAI;

/// <summary>Follows how an answer ends, and tells an ending that is no answer.</summary>
internal sealed class Ending
{
    private bool _answered;
    private bool _thought;
    private bool _blank;
    private bool _calls;
    private bool _refused;
    private string? _reason;

    /// <summary>Takes a piece.</summary>
    public void Add(ChatPiece piece)
    {
        _reason = piece.Chunk?.FinishReason ?? _reason;
        _calls |= piece.Sign == ChatSign.CallsTool || piece.Chunk is { CallsTool: true };
        _refused |= piece.Sign == ChatSign.BrokenOffByRefusal;
        var isBlank = string.IsNullOrWhiteSpace(piece.Text);
        _answered |= !piece.IsThinking && !isBlank;
        _thought |= piece.IsThinking && !isBlank;
        _blank |= !piece.IsThinking && piece.Text.Length > 0;
    }

    /// <summary>Tells what has ended without an answer.</summary>
    /// <exception cref="FailedCallException">There is none, or only the beginning of one.</exception>
    public void Check()
    {
        if (_reason == FinishReasons.Filter)
        {
            throw new FailedCallException(ModelCallFailure.ContentFiltered, "a content filter stopped the answer", isTransient: false);
        }

        if (_refused)
        {
            throw new FailedCallException(ModelCallFailure.ContentFiltered, "the model broke its answer off with a refusal", isTransient: false);
        }

        if (_answered)
        {
            return;
        }

        if (_calls || _reason == FinishReasons.Tools)
        {
            throw new FailedCallException(ModelCallFailure.ToolCall, "the model called a tool instead of answering, and was offered none", isTransient: false);
        }

        // With the same seed a limit that thinking has used up is used up again.
        var isCut = _reason == FinishReasons.Length;
        var why = isCut ? _thought ? ": the limit of tokens was reached within the thinking" : ": the limit of tokens was reached before it began"
            : _thought ? ": all that came is thinking"
            : _blank ? ": it has nothing but blanks"
            : "";
        throw new FailedCallException(ModelCallFailure.EmptyAnswer, "the answer is empty" + why, isTransient: !isCut);
    }
}
