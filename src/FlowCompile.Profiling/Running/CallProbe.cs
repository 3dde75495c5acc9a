using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>
/// Stands between one invocation of a sub-agent and its model, and keeps what the call records do not: the hash of the prompts and the
/// time of every token. It is not disposed: that would dispose the model, which belongs to the catalog.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="shared">
/// What may have decoded the answer already. Only the first call asks it: its prompt is the same under every budget, while what follows
/// may depend on the first answer.
/// </param>
internal sealed class CallProbe(IChatClient model, SharedDecode? shared) : DelegatingChatClient(model)
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _tokenTimes = [];
    private readonly List<string> _prompts = [];
    private int _calls;
    private long _reusedTokens;

    /// <summary>What has to be added to the invocation's time for it to be that of calls of its own.</summary>
    public TimeSpan Correction { get; private set; }

    /// <summary>Whether the answer of the first call was decoded for several budgets.</summary>
    public bool TookShared { get; private set; }

    /// <summary>Whether other calls began while the shared one was under way, so that <see cref="Correction"/> says nothing.</summary>
    public bool Overlapped { get; private set; }

    /// <summary>How many tokens were decoded for another budget.</summary>
    public long ReusedTokens => Interlocked.Read(ref _reusedTokens);

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
        var sent = Sent(messages);
        var response = Interlocked.Increment(ref _calls) == 1 && shared is not null
            ? await AskSharedAsync(shared, sent, options, cancellationToken).ConfigureAwait(false)
            : null;
        response ??= await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        Received(response);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in base.GetStreamingResponseAsync(Sent(messages), options, cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
            yield return update;
        }

        Received(updates.ToChatResponse());
    }

    private async Task<ChatResponse?> AskSharedAsync(
        SharedDecode decode, List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var start = decode.Time.GetTimestamp();
        var response = await decode.TryAnswerAsync(messages, options, cancellationToken).ConfigureAwait(false);
        TookShared = response is not null;
        Overlapped = Volatile.Read(ref _calls) > 1;

        // A decode that came to nothing takes time as well, which no call of its own would.
        Correction = (response?.GetTimings()?.Total ?? TimeSpan.Zero) - decode.Time.GetElapsedTime(start);
        return response;
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
                _reusedTokens += timings.ReusedTokens;
            }
        }
    }
}
