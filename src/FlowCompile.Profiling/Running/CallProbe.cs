using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>
/// Stands between one invocation of a sub-agent and its model, and keeps what the call records do not: the hash of the prompts and the
/// time of every token. It is not disposed: that would dispose the model, which belongs to the catalog.
/// </summary>
internal sealed class CallProbe(IChatClient model) : DelegatingChatClient(model)
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _tokenTimes = [];
    private readonly List<string> _prompts = [];

    /// <summary>When each token was there, since the start of its call; one call after the other.</summary>
    public IReadOnlyList<TimeSpan> TokenTimes
    {
        get
        {
            lock (_lock)
            {
                return [.. _tokenTimes];
            }
        }
    }

    /// <summary>The hash of the prompts sent; <see langword="null"/> where none was.</summary>
    public string? PromptHash
    {
        get
        {
            lock (_lock)
            {
                return _prompts.Count == 0 ? null : ContentHash.Of(["prompts-1", .. _prompts]);
            }
        }
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await base.GetResponseAsync(Sent(messages), options, cancellationToken).ConfigureAwait(false);
        Received(response);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in base.GetStreamingResponseAsync(Sent(messages), options, cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
            yield return update;
        }

        Received(updates.ToChatResponse());
    }

    private List<ChatMessage> Sent(IEnumerable<ChatMessage> messages)
    {
        List<ChatMessage> sent = [.. messages];
        lock (_lock)
        {
            foreach (var message in sent)
            {
                _prompts.Add(message.Role.Value);
                _prompts.Add(message.Text);
            }
        }

        return sent;
    }

    private void Received(ChatResponse response)
    {
        if (response.GetTimings() is { } timings)
        {
            lock (_lock)
            {
                _tokenTimes.AddRange(timings.TokenTimes);
            }
        }
    }
}
