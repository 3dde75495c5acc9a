using System.Runtime.CompilerServices;
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
        var output = agent.Host.Streams(agent) ? new ForwardedUpdates(agent) : null;
        var stream = agent.Host.HedgeAfter(agent) is { } after
            ? await HedgedCall.GetStreamAsync(agent, messages, options, after, cancellationToken).ConfigureAwait(false)
            : new ModelStream(agent, messages, options, canceled: null, isHedge: false, cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.NextAsync().ConfigureAwait(false) is { } update)
            {
                output?.Add(update);
                var isLeft = true; // by whoever reads it, before it ends
                try
                {
                    yield return update;
                    isLeft = false;
                }
                finally
                {
                    if (isLeft)
                    {
                        stream.End();
                    }
                }
            }

            output?.Complete();
            stream.End();
        }
    }
}
