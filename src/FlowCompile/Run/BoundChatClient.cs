using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A model's client under one setting: fills in what the setting says and records each call.</summary>
internal sealed class BoundChatClient(IChatClient model, SubAgentContext agent) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new RecordedCall(agent);
        try
        {
            var response = agent.CallTimeout is { } limit
                ? await LimitedAsync(call.Keep(messages), Bind(options), limit, cancellationToken).ConfigureAwait(false)
                : await model.GetResponseAsync(call.Keep(messages), Bind(options), cancellationToken).ConfigureAwait(false);
            call.End(response, response.GetTimings());
            return response;
        }
        catch (Exception e)
        {
            call.Fail(e);
            throw;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new RecordedCall(agent);
        TimeSpan? first = null;
        List<ChatResponseUpdate> updates = [];
        var stream = model.GetStreamingResponseAsync(call.Keep(messages), Bind(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
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

        var response = updates.ToChatResponse();
        call.End(response, response.GetTimings()
            ?? (first is { } time ? new GenerationTimings { TimeToFirstToken = time, TokenTimes = [], Total = call.Elapsed } : null));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : model.GetService(serviceType, serviceKey);

    // The model belongs to the catalog; a sub-agent that disposes its client must not close it for everybody.
    public void Dispose()
    {
    }

    private async Task<ChatResponse> LimitedAsync(
        IEnumerable<ChatMessage> messages, ChatOptions options, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, agent.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await model.GetResponseAsync(messages, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant($"The model '{agent.Setting.Model}' gave no answer within {limit.TotalSeconds:0.###} s."), e);
        }
    }

    private ChatOptions Bind(ChatOptions? options)
    {
        options = options?.Clone() ?? new ChatOptions();
        options.Temperature ??= agent.Call.Temperature;
        options.Seed ??= agent.Call.Seed;
        options.SetReasoningBudget(agent.Setting.Budget);
        return options;
    }
}
