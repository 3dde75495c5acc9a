using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Onnx;

/// <summary>Writes a generation as the response of a chat client, whole or update by update. One for each call.</summary>
internal sealed class ResponseWriter(TextModel model)
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly TokenText _thinking = Text(model, atEnd: true);
    private readonly TokenText _answer = Text(model, atEnd: false);
    private bool _hasThinking;

    /// <summary>The response to a call that has ended.</summary>
    /// <param name="generation">The text.</param>
    /// <param name="timings">Its times; <see langword="null"/> to take the generation's now.</param>
    public ChatResponse Whole(Generation generation, GenerationTimings? timings = null)
    {
        var message = new ChatMessage(ChatRole.Assistant, (IList<AIContent>)[]) { MessageId = _id };
        if (generation.Thinking.Count > 0)
        {
            message.Contents.Add(new TextReasoningContent(_thinking.Whole(generation.Thinking)));
        }

        message.Contents.Add(new TextContent(_answer.Whole(generation.Answer)));
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

    /// <summary>What a token just generated adds; <see langword="null"/> where it adds no text yet.</summary>
    public ChatResponseUpdate? Write(Generation generation)
    {
        List<AIContent> contents = [];
        switch (generation.Kind)
        {
            case TokenKind.Thinking:
                _hasThinking = true;
                Add(contents, new TextReasoningContent(_thinking.Add(generation.Token)));
                break;
            case TokenKind.Answer:
                EndThinking(contents);
                Add(contents, new TextContent(_answer.Add(generation.Token)));
                break;
            default:
                EndThinking(contents);
                break;
        }

        return contents.Count == 0 ? null : Update(contents);
    }

    /// <summary>The last update: what was held back of the text, usage, timings, and why the text ended.</summary>
    public ChatResponseUpdate Finish(Generation generation)
    {
        var carrier = new ChatResponse();
        carrier.SetTimings(Timings(generation));
        List<AIContent> contents = [];
        EndThinking(contents);
        Add(contents, new TextContent(_answer.End()));
        contents.Add(new UsageContent(Usage(generation)));
        var update = Update(contents);
        update.FinishReason = FinishReason(generation);
        update.AdditionalProperties = carrier.AdditionalProperties;
        return update;
    }

    private static TokenText Text(TextModel model, bool atEnd)
    {
        var text = model.Tokenizer.Write(markers: false);
        return model.Chat?.Thinking is null ? text : new TrimmedText(text, atEnd);
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

    private ChatResponseUpdate Update(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = model.Name,
    };

    private void EndThinking(List<AIContent> contents)
    {
        if (_hasThinking)
        {
            _hasThinking = false;
            Add(contents, new TextReasoningContent(_thinking.End()));
        }
    }

    private static void Add(List<AIContent> contents, AIContent content)
    {
        if (content is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 })
        {
            contents.Add(content);
        }
    }
}
