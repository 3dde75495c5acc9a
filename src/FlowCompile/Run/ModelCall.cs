using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>Calls of the model of a sub-agent: bound to its setting, within its time, and recorded.</summary>
internal static class ModelCall
{
    /// <summary>Asks the model, in whatever way the run wants it asked.</summary>
    public static Task<ChatResponse> GetResponseAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (agent.Host.IsPlain && !RunTelemetry.HasListeners)
        {
            return AskPlainly(agent, messages, options, cancellationToken);
        }

        if (agent.Host.Streams(agent))
        {
            return StreamedCall.GetResponseAsync(agent, messages, options, cancellationToken);
        }

        return agent.Host.HedgeAfter(agent) is { } after
            ? HedgedCall.GetResponseAsync(agent, messages, options, after, cancellationToken)
            : AskAsync(agent, messages, options, isHedge: false, cancellationToken);
    }

    /// <summary>Asks the model once.</summary>
    public static async Task<ChatResponse> AskAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, bool isHedge, CancellationToken cancellationToken)
    {
        var call = new RecordedCall(agent, isHedge);
        using var limit = new CallLimit(agent, cancellationToken);
        try
        {
            var response = await agent.Bound.Client!.GetResponseAsync(call.Keep(messages), agent.Bind(options), limit.Token).ConfigureAwait(false);
            call.End(response);
            return response;
        }
        catch (Exception e)
        {
            call.Fail(e = limit.Reason(e), cancellationToken);
            ExceptionDispatchInfo.Throw(e);
            throw;
        }
    }

    /// <summary>Asks the model once, where nothing has to be undone after the call: one that is answered at once needs no state machine.</summary>
    private static Task<ChatResponse> AskPlainly(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var call = new RecordedCall(agent, agent.Host.Time.GetTimestamp());
        AdditionalPropertiesDictionary? properties = null;
        Task<ChatResponse> response;
        try
        {
            var bound = agent.Bind(options);
            properties = options is null ? bound.AdditionalProperties : null;
            response = agent.Bound.Client!.GetResponseAsync(messages, bound, cancellationToken);
        }
        catch (Exception e)
        {
            response = Task.FromException<ChatResponse>(e);
        }

        if (!response.IsCompletedSuccessfully)
        {
            return EndAsync(call, response, cancellationToken);
        }

        call.End(response.Result);
        if (properties is not null)
        {
            agent.Bound.TakeBack(properties);
        }

        return response;
    }

    private static async Task<ChatResponse> EndAsync(RecordedCall call, Task<ChatResponse> response, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await response.ConfigureAwait(false);
            call.End(answer);
            return answer;
        }
        catch (Exception e)
        {
            call.Fail(e, cancellationToken);
            throw;
        }
    }
}
