using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>Calls of the model of a sub-agent: bound to its setting, within its time, and recorded.</summary>
internal static class ModelCall
{
    public static Task<ChatResponse> GetResponseAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (agent.Host.CallTimeout is not null || RunTelemetry.HasListeners)
        {
            return ObservedAsync(agent, messages, options, cancellationToken);
        }

        // Where nothing has to be undone after the call, one that is answered at once needs no state machine.
        var call = new RecordedCall(agent);
        Task<ChatResponse> response;
        try
        {
            response = agent.Bound.Client!.GetResponseAsync(call.Keep(messages), agent.Bind(options), cancellationToken);
        }
        catch (Exception e)
        {
            return EndAsync(call, Task.FromException<ChatResponse>(e));
        }

        if (!response.IsCompletedSuccessfully)
        {
            return EndAsync(call, response);
        }

        call.End(response.Result);
        return response;
    }

    public static async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(agent);
        TimeSpan? first = null;
        List<ChatResponseUpdate> updates = [];
        var stream = agent.Bound.Client!.GetStreamingResponseAsync(call.Keep(messages), agent.Bind(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await stream.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (Exception e)
                {
                    call.Fail(e);
                    throw;
                }

                first ??= call.Elapsed;
                updates.Add(stream.Current);
                yield return stream.Current;
            }
        }

        call.End(updates.ToChatResponse(), first);
    }

    private static async Task<ChatResponse> EndAsync(RecordedCall call, Task<ChatResponse> response)
    {
        try
        {
            var answer = await response.ConfigureAwait(false);
            call.End(answer);
            return answer;
        }
        catch (Exception e)
        {
            call.Fail(e);
            throw;
        }
    }

    private static async Task<ChatResponse> ObservedAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var call = new RecordedCall(agent);
        try
        {
            var response = agent.Host.CallTimeout is { } limit
                ? await LimitedAsync(agent, call.Keep(messages), options, limit, cancellationToken).ConfigureAwait(false)
                : await agent.Bound.Client!.GetResponseAsync(call.Keep(messages), agent.Bind(options), cancellationToken).ConfigureAwait(false);
            call.End(response);
            return response;
        }
        catch (Exception e)
        {
            call.Fail(e);
            throw;
        }
    }

    private static async Task<ChatResponse> LimitedAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, agent.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await agent.Bound.Client!.GetResponseAsync(messages, agent.Bind(options), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant($"The model '{agent.Setting.Model}' gave no answer within {limit.TotalSeconds:0.###} s."), e);
        }
    }
}
