using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Holds a model to its budget by two calls: the first decodes as many tokens as the budget has; where the thinking has not ended by then, its
/// end is put there, and the second call continues from that prefix.
/// </summary>
internal sealed class PrefixContinuation(OpenAIModelOptions model, Func<JsonObject, CancellationToken, IAsyncEnumerable<ChatPiece>> send)
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
            await foreach (var piece in send(first, cancellationToken).ConfigureAwait(false))
            {
                (piece.IsThinking ? thinking : answer).Append(piece.Text);
                end = piece.Chunk.FinishReason ?? end;
                yield return goesOn && piece.Chunk.FinishReason == "length" ? piece with { Chunk = piece.Chunk with { FinishReason = null } } : piece;
            }

            if (end != "length" || !goesOn)
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

        await foreach (var piece in AsAnswer(send(second, cancellationToken)).ConfigureAwait(false))
        {
            yield return piece;
        }
    }

    // A server that parts thinking from answer waits for the end of thinking, which is in the prefix: all it sends it takes for
    // thinking. Where an answer follows, it did think once more, and the budget was ignored.
    private static async IAsyncEnumerable<ChatPiece> AsAnswer(IAsyncEnumerable<ChatPiece> pieces)
    {
        var held = new List<ChatPiece>();
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            if (!piece.IsThinking && piece.Text.Trim().Length > 0)
            {
                foreach (var thought in held)
                {
                    yield return thought;
                }

                held.Clear();
                yield return piece;
            }
            else if (piece.IsThinking || held.Count > 0)
            {
                held.Add(piece);
            }
            else
            {
                yield return piece;
            }
        }

        foreach (var piece in held)
        {
            yield return piece with { IsThinking = false };
        }
    }
}
