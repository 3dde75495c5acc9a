using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>One try of a call: waits until the server wants calls again and for its place at the endpoint, and then has the time limit to get a whole answer.</summary>
internal sealed class ChatCall(OpenAIModelOptions model, ChatTransport transport, CallLimit limit, ServerRest rest, AnswerDialect dialect, TimeProvider time)
{
    private readonly RequestShape _shape = new(model);

    /// <summary>Sends a body and reads its answer in pieces. The last piece may be empty.</summary>
    /// <param name="body">The body, without what says the reasoning budget.</param>
    /// <param name="budget">The budget in thinking tokens; <see langword="null"/> leaves the model free.</param>
    /// <param name="callTime">How long the caller waits.</param>
    /// <param name="streams">Whether pieces are handed on as they arrive, rather than at the end of each answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async IAsyncEnumerable<ChatPiece> RunAsync(
        JsonObject body, int? budget, CallTime callTime, bool streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var place = await rest.EnterAsync(limit, callTime, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(model.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var way = new Way(new Clock(time, time.GetTimestamp()), budget, streams);
        var pieces = budget is { } tokens ? Budgeted((JsonObject)body.DeepClone(), tokens, way, both.Token) : SendAsync(body, CallPart.Whole, way, both.Token);
        var ending = new Ending();
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            ending.Add(piece);
            yield return piece;
        }

        ending.Check();
    }

    private IAsyncEnumerable<ChatPiece> Budgeted(JsonObject body, int budget, Way way, CancellationToken cancellationToken)
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
                return new PrefixContinuation(model, (request, part, token) => SendAsync(request, part, way, token)).RunAsync(body, budget, cancellationToken);
            default:
                Debug.Assert(model.Reasoning == ReasoningMeans.None, "a means was added and is not sent");
                break;
        }

        return SendAsync(body, CallPart.Whole, way, cancellationToken);
    }

    private async IAsyncEnumerable<ChatPiece> SendAsync(JsonObject body, CallPart part, Way way, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new AnswerReader(dialect, way.Budget, part, way.Streams);
        await foreach (var chunk in transport.SendAsync(_shape.Of(body, way.Budget), cancellationToken).ConfigureAwait(false))
        {
            foreach (var piece in reader.Add(chunk, way.Clock.Elapsed))
            {
                yield return piece;
            }
        }

        foreach (var piece in reader.End(way.Clock.Elapsed))
        {
            yield return piece;
        }
    }

    private sealed record Way(Clock Clock, int? Budget, bool Streams);

    private sealed record Clock(TimeProvider Time, long Start)
    {
        public TimeSpan Elapsed => Time.GetElapsedTime(Start);
    }
}
