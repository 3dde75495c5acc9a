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
            var response = await ClientGuard.EndAsync(
                ClientGuard.Ask(agent.Bound.Client!, agent.Setting.Model, call.Keep(messages), limit.Tell(agent.Bind(options)), limit.Token), limit.Token).ConfigureAwait(false);
            limit.ThrowIfOver();
            if (ClientGuard.Problem(agent.Setting.Model, response) is { } problem)
            {
                throw problem;
            }

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
            response = ClientGuard.Ask(agent.Bound.Client!, agent.Setting.Model, messages, bound, cancellationToken);
        }
        catch (Exception e)
        {
            response = Task.FromException<ChatResponse>(e);
        }

        if (!response.IsCompletedSuccessfully || ClientGuard.Problem(agent.Setting.Model, response.Result) is not null)
        {
            return EndAsync(agent, call, response, cancellationToken);
        }

        call.End(response.Result);
        if (properties is not null)
        {
            agent.Bound.TakeBack(properties);
        }

        return response;
    }

    private static async Task<ChatResponse> EndAsync(SubAgentContext agent, RecordedCall call, Task<ChatResponse> response, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ClientGuard.EndAsync(response, cancellationToken).ConfigureAwait(false);
            if (ClientGuard.Problem(agent.Setting.Model, answer) is { } problem)
            {
                throw problem;
            }

            call.End(answer);
            return answer;
        }
        catch (Exception e)
        {
            e = e is OperationCanceledException && !cancellationToken.IsCancellationRequested ? ClientGuard.GaveUp(agent.Setting.Model, e) : e;
            call.Fail(e, cancellationToken);
            ExceptionDispatchInfo.Throw(e);
            throw;
        }
    }
}
