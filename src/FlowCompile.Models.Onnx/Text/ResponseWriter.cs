using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>Writes a generation as the response of a chat client, whole or update by update. One for each call.</summary>
internal sealed class ResponseWriter(OnnxModel model)
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private int _thinking;
    private int _answer;

    /// <summary>The response to a call that has ended.</summary>
    /// <param name="generation">The text.</param>
    /// <param name="timings">Its times; <see langword="null"/> to take the generation's now.</param>
    public ChatResponse Whole(Generation generation, GenerationTimings? timings = null)
    {
        var message = new ChatMessage(ChatRole.Assistant, (IList<AIContent>)[]) { MessageId = _id };
        if (generation.Thinking.Count > 0)
        {
            message.Contents.Add(new TextReasoningContent(model.Tokenizer.Decode(generation.Thinking)));
        }

        message.Contents.Add(new TextContent(model.Tokenizer.Decode(generation.Answer)));
        var response = new ChatResponse(message)
        {
            ResponseId = _id,
            ModelId = model.Name,
            FinishReason = FinishReason(generation),
            Usage = Usage(generation),
        };
        response.SetTimings(timings ?? Timings(generation));
        return response;
    }

    /// <summary>What a token just generated adds; <see langword="null"/> for one that is no text.</summary>
    public ChatResponseUpdate? Write(Generation generation) => generation.Kind switch
    {
        TokenKind.Thinking => Update(new TextReasoningContent(Piece(generation.Thinking, ref _thinking))),
        TokenKind.Answer => Update(new TextContent(Piece(generation.Answer, ref _answer))),
        _ => null,
    };

    /// <summary>The last update: usage, timings, and why the text ended.</summary>
    public ChatResponseUpdate Finish(Generation generation)
    {
        var carrier = new ChatResponse();
        carrier.SetTimings(Timings(generation));
        var update = Update(new UsageContent(Usage(generation)));
        update.FinishReason = FinishReason(generation);
        update.AdditionalProperties = carrier.AdditionalProperties;
        return update;
    }

    private static ChatFinishReason FinishReason(Generation generation) =>
        generation.End == GenerationEnd.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;

    private static UsageDetails Usage(Generation generation) => new()
    {
        InputTokenCount = generation.InputTokens,
        OutputTokenCount = generation.Times.Count,
        ReasoningTokenCount = generation.Thinking.Count,
        TotalTokenCount = generation.InputTokens + generation.Times.Count,
    };

    private static GenerationTimings Timings(Generation generation) => new()
    {
        TimeToFirstToken = generation.Times[0],
        TokenTimes = [.. generation.Times],
        Total = generation.Elapsed(),
        IsDerived = generation.ReusedTokens > 0,
        ReusedTokens = generation.ReusedTokens,
    };

    private ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content])
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = model.Name,
    };

    private string Piece(IReadOnlyList<int> ids, ref int written)
    {
        var id = ids[written];
        var blank = written > 0 && model.Tokenizer.NeedsBlank(ids[written - 1], id);
        written++;
        return blank ? ' ' + model.Tokenizer[id] : model.Tokenizer[id];
    }
}
