using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>Calls of a model whose answer is read while it is written.</summary>
internal static class StreamedCall
{
    /// <summary>The whole answer of a call whose updates go to the reader of the run's output.</summary>
    public static Task<ChatResponse> GetResponseAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        GetUpdatesAsync(agent, messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public static async IAsyncEnumerable<ChatResponseUpdate> GetUpdatesAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(agent);
        using var limit = new CallLimit(agent, cancellationToken);
        var output = agent.Host.Streams(agent) ? new ForwardedUpdates(agent) : null;
        TimeSpan? first = null;
        List<ChatResponseUpdate> updates = [];
        var isLeft = false; // by whoever reads it, before it ends
        var stream = Start();
        try
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
                    Fail(e);
                }

                first ??= call.Elapsed;
                updates.Add(stream.Current);
                output?.Add(stream.Current);
                isLeft = true;
                yield return stream.Current;
                isLeft = false;
            }
        }
        finally
        {
            if (isLeft)
            {
                call.End(updates.ToChatResponse(), first);
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }

        output?.Complete();
        call.End(updates.ToChatResponse(), first);

        IAsyncEnumerator<ChatResponseUpdate> Start()
        {
            try
            {
                return agent.Bound.Client!.GetStreamingResponseAsync(call.Keep(messages), agent.Bind(options), limit.Token).GetAsyncEnumerator(limit.Token);
            }
            catch (Exception e)
            {
                Fail(e);
                throw;
            }
        }

        void Fail(Exception e)
        {
            call.Fail(e = limit.Reason(e), cancellationToken);
            ExceptionDispatchInfo.Throw(e);
        }
    }
}
