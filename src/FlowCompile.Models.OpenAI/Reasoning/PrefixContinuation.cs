using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Holds a model to its budget by two calls: the first decodes as many tokens as the budget has; where the thinking has not ended by then, its
/// end is put there, and the second call continues from that prefix.
/// </summary>
internal sealed class PrefixContinuation(OpenAIModelOptions model, Func<JsonObject, CallPart, CancellationToken, IAsyncEnumerable<ChatPiece>> send)
{
    public async IAsyncEnumerable<ChatPiece> RunAsync(JsonObject body, int budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (thinking, answer) = (new StringBuilder(), new StringBuilder());
        var limit = (int?)body[ChatRequest.MaxTokens];
        if (budget > 0)
        {
            var first = (JsonObject)body.DeepClone();
            first[ChatRequest.MaxTokens] = Math.Min(budget, limit ?? budget);
            var goesOn = limit is null || limit > budget;
            string? end = null;
            await foreach (var piece in send(first, CallPart.First, cancellationToken).ConfigureAwait(false))
            {
                (piece.IsThinking ? thinking : answer).Append(piece.Text);
                end = piece.Chunk?.FinishReason ?? end;
                yield return goesOn && piece.Chunk?.FinishReason == FinishReasons.Length ? piece with { Chunk = piece.Chunk with { FinishReason = null } } : piece;
            }

            if (end != FinishReasons.Length || !goesOn)
            {
                yield break;
            }
        }

        var second = (JsonObject)body.DeepClone();
        ((JsonArray)second["messages"]!).Add((JsonNode)ChatRequest.Message("assistant", $"{model.ThinkStart}\n{thinking.ToString().Trim('\n')}\n{model.ThinkEnd}\n\n{answer}"));
        second["continue_final_message"] = true;
        second["add_generation_prompt"] = false;
        if (limit is { } most)
        {
            second[ChatRequest.MaxTokens] = most - budget;
        }

        await foreach (var piece in send(second, CallPart.Second, cancellationToken).ConfigureAwait(false))
        {
            yield return piece;
        }
    }
}
