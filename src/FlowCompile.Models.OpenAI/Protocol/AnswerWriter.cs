using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI;

/// <summary>Gathers the pieces of an answer, and writes them as the response of a chat client, whole or update by update.</summary>
internal sealed class AnswerWriter(OpenAIModelOptions model)
{
    private readonly StringBuilder _thinking = new();
    private readonly StringBuilder _answer = new();
    private readonly List<TimeSpan> _times = [];
    private readonly string _messageId = Guid.NewGuid().ToString("N");
    private ChatUsage? _usage;
    private ChatUsage? _before;
    private object? _request;
    private int _thinkingPieces;
    private string? _id;
    private string? _modelId;
    private string? _end;
    private TimeSpan _last;

    /// <summary>Whether the server has said what the call took.</summary>
    public bool HasUsage => _usage is not null;

    /// <summary>Whether a piece was there.</summary>
    public bool HasBegun => _times.Count > 0;

    /// <summary>The thinking tokens; where the server reports no usage, as many as pieces came.</summary>
    public long ThinkingTokens => _usage is null ? _thinkingPieces : TokenTimeline.ThinkingTokens(_usage, _thinkingPieces, _times.Count - _thinkingPieces);

    /// <summary>Takes a piece.</summary>
    /// <returns>What it adds to the answer; <see langword="null"/> for one that is no text.</returns>
    public ChatResponseUpdate? Add(ChatPiece piece)
    {
        _last = piece.Time;
        _id ??= piece.Chunk.Id;
        _modelId ??= piece.Chunk.Model;
        _end = piece.Chunk.FinishReason ?? _end;

        // Some servers say with every chunk what the request has taken so far: the last word on each request counts.
        if (piece.Chunk.Usage is { } usage)
        {
            _before = ReferenceEquals(piece.Request, _request) ? _before : _usage;
            _request = piece.Request;
            _usage = _before?.With(usage) ?? usage;
        }

        if (piece.Text.Length == 0)
        {
            return null;
        }

        _times.Add(piece.Time);
        _thinkingPieces += piece.IsThinking ? 1 : 0;
        (piece.IsThinking ? _thinking : _answer).Append(piece.Text);
        return Update(piece.IsThinking ? new TextReasoningContent(piece.Text) : new TextContent(piece.Text));
    }

    /// <summary>The whole response.</summary>
    public ChatResponse Whole()
    {
        var message = new ChatMessage(ChatRole.Assistant, (IList<AIContent>)[]) { MessageId = _messageId };
        if (_thinking.Length > 0)
        {
            message.Contents.Add(new TextReasoningContent(_thinking.ToString()));
        }

        message.Contents.Add(new TextContent(_answer.ToString()));
        var response = new ChatResponse(message) { ResponseId = _id, ModelId = _modelId ?? model.ModelId, FinishReason = Finish(), Usage = Usage() };
        response.SetTimings(Timings());
        return response;
    }

    /// <summary>The last update: usage, timings, and why the text ended.</summary>
    public ChatResponseUpdate Last()
    {
        var carrier = new ChatResponse();
        carrier.SetTimings(Timings());
        var update = Usage() is { } usage ? Update(new UsageContent(usage)) : Update();
        update.FinishReason = Finish();
        update.AdditionalProperties = carrier.AdditionalProperties;
        return update;
    }

    private ChatFinishReason? Finish() => _end is null ? null : new ChatFinishReason(_end);

    private UsageDetails? Usage() => _usage is null ? null : new UsageDetails
    {
        InputTokenCount = _usage.Input,
        OutputTokenCount = _usage.Output,
        ReasoningTokenCount = ThinkingTokens,
        CachedInputTokenCount = _usage.Cached,
        TotalTokenCount = _usage.Input + _usage.Output,
    };

    private GenerationTimings Timings() => new()
    {
        TimeToFirstToken = _times.Count > 0 ? _times[0] : _last,
        TokenTimes = TokenTimeline.Times(_times, _usage?.Output ?? _times.Count),
        Total = _last,
    };

    private ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _messageId,
        ModelId = _modelId ?? model.ModelId,
    };
}
