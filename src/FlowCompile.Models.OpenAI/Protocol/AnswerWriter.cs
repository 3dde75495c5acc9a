using System.Text;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI;

/// <summary>Gathers the pieces of an answer, and writes them as the response of a chat client, whole or update by update.</summary>
internal sealed class AnswerWriter(OpenAIModelOptions model)
{
    private readonly StringBuilder _thinking = new();
    private readonly StringBuilder _answer = new();
    private readonly TokenTimeline _timeline = new();
    private readonly string _messageId = Guid.NewGuid().ToString("N");
    private ChatUsage? _usage;
    private ChatUsage? _before;
    private object? _request;
    private bool _hasBegun;
    private string? _id;
    private string? _modelId;
    private string? _end;
    private TimeSpan _last;

    /// <summary>Whether the server has said what the call took.</summary>
    public bool HasUsage => _usage is not null;

    /// <summary>Whether a piece was there.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>The thinking tokens; where the server reports no usage, as many as pieces came.</summary>
    public long ThinkingTokens => _timeline.ThinkingTokens(_usage);

    /// <summary>Takes a piece.</summary>
    /// <returns>What it adds to the answer; <see langword="null"/> for one that is no text.</returns>
    public ChatResponseUpdate? Add(ChatPiece piece)
    {
        _hasBegun = true;
        _last = piece.Time > _last ? piece.Time : _last;
        if (piece.Chunk is { } chunk)
        {
            Take(chunk, piece.Request);
        }

        _end = piece.Sign == ChatSign.Refusal ? "refusal" : _end;
        if (piece.Text.Length == 0)
        {
            return null;
        }

        _timeline.Add(piece);
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

    private void Take(ChatChunk chunk, object request)
    {
        _id ??= chunk.Id;
        _modelId ??= chunk.Model;
        _end = chunk.FinishReason ?? _end;

        // Some servers say with every chunk what the request has taken so far: the last word on each request counts.
        if (chunk.Usage is { } usage)
        {
            _before = ReferenceEquals(request, _request) ? _before : _usage;
            _request = request;
            _usage = _before?.With(usage) ?? usage;
        }
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
        TimeToFirstToken = _timeline.First ?? _last,
        TokenTimes = _timeline.Times(_usage),
        Total = _last,
    };

    private ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _messageId,
        ModelId = _modelId ?? model.ModelId,
    };
}
