using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>One try of a call: waits until the server wants calls again and for its place at the endpoint, and then has the time limit to get a whole answer.</summary>
internal sealed class ChatCall(OpenAIModelOptions model, ChatTransport transport, CallLimit limit, ServerRest rest, TimeProvider time)
{
    private readonly RequestShape _shape = new(model);

    /// <summary>Sends a body and reads its answer in pieces. The last piece may be empty.</summary>
    /// <param name="body">The body, without what says the reasoning budget.</param>
    /// <param name="budget">The budget in thinking tokens; <see langword="null"/> leaves the model free.</param>
    /// <param name="callTime">How long the caller waits.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async IAsyncEnumerable<ChatPiece> RunAsync(JsonObject body, int? budget, CallTime callTime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var place = await rest.EnterAsync(limit, callTime, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(model.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var clock = new Clock(time, time.GetTimestamp());
        var pieces = budget is { } tokens ? Budgeted((JsonObject)body.DeepClone(), tokens, clock, both.Token) : SendAsync(body, null, clock, both.Token);
        var (answered, cut) = (false, false);
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            answered |= !piece.IsThinking && !string.IsNullOrWhiteSpace(piece.Text);
            cut |= piece.Chunk.FinishReason == "length";
            yield return piece;
        }

        if (!answered)
        {
            // With the same seed a limit that thinking has used up is used up again.
            throw new FailedCallException(
                ModelCallFailure.EmptyAnswer, cut ? "the answer is empty: the limit of tokens was reached before it began" : "the answer is empty", isTransient: !cut);
        }
    }

    private IAsyncEnumerable<ChatPiece> Budgeted(JsonObject body, int budget, Clock clock, CancellationToken cancellationToken)
    {
        switch (model.Reasoning)
        {
            case ReasoningMeans.Limit:
                BodyField.Set(body, model.ReasoningPath, budget);
                break;
            case ReasoningMeans.Effort:
                BodyField.Set(body, model.ReasoningPath, ReasoningLevel.For(model.Efforts, budget).Name);
                break;
            case ReasoningMeans.Continue:
                return new PrefixContinuation(model, (part, token) => SendAsync(part, budget, clock, token)).RunAsync(body, budget, cancellationToken);
            default:
                Debug.Assert(model.Reasoning == ReasoningMeans.None, "a means was added and is not sent");
                break;
        }

        return SendAsync(body, budget, clock, cancellationToken);
    }

    private async IAsyncEnumerable<ChatPiece> SendAsync(JsonObject body, int? budget, Clock clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splitter = new ThinkSplitter(model.ThinkStart, model.ThinkEnd);
        ChatChunk? last = null;
        await foreach (var chunk in transport.SendAsync(_shape.Of(body, budget), cancellationToken).ConfigureAwait(false))
        {
            var now = clock.Elapsed;
            last = chunk;
            if (chunk.Thinking.Length > 0)
            {
                yield return new ChatPiece(true, chunk.Thinking, now, chunk, splitter);
            }

            var (thinking, answer) = splitter.Next(chunk.Text);
            if (chunk.FinishReason is not null)
            {
                var rest = splitter.Rest();
                (thinking, answer) = (thinking + rest.Thinking, answer + rest.Answer);
            }

            if (thinking.Length > 0)
            {
                yield return new ChatPiece(true, thinking, now, chunk, splitter);
            }

            if (answer.Length > 0 || chunk.Thinking.Length + thinking.Length == 0)
            {
                yield return new ChatPiece(false, answer, now, chunk, splitter);
            }
        }

        // Not every server says why an answer has ended.
        if (last is not null && splitter.Rest() is var (thought, text) && thought.Length + text.Length > 0)
        {
            yield return new ChatPiece(thought.Length > 0, thought + text, clock.Elapsed, last, splitter);
        }
    }

    private sealed record Clock(TimeProvider Time, long Start)
    {
        public TimeSpan Elapsed => Time.GetElapsedTime(Start);
    }
}
