using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.TestHost;

/// <summary>A chat client that answers by a function of the call.</summary>
/// <param name="name">The model's name.</param>
/// <param name="answer">The answer; it may throw.</param>
public sealed class FakeModel(string name, Func<FakeCall, string> answer) : IChatClient
{
    private int _calls;

    /// <summary>What makes it this model and no other.</summary>
    public string Identity { get; init; } = name + "-1";

    /// <summary>Whether it says that it computes on this machine.</summary>
    public bool RunsHere { get; init; }

    /// <summary>What it says that it computes on.</summary>
    public string? Device { get; init; } = "test";

    /// <summary>How long every call takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What every call waits for before it is answered.</summary>
    public Func<Task>? Held { get; init; }

    /// <summary>How many tokens of a prompt it says that it had cached; <see langword="null"/> where it does not tell.</summary>
    public Func<FakeCall, long>? Cached { get; init; }

    /// <summary>Told of every call as it begins.</summary>
    public Action<FakeCall>? Seen { get; init; }

    /// <summary>How many calls were made.</summary>
    public int Calls => _calls;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        var call = new FakeCall(name, string.Concat(messages.Select(message => message.Text)), options?.GetReasoningBudget() ?? -1, options?.Seed, options?.Temperature);
        Seen?.Invoke(call);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }

        if (Held is not null)
        {
            await Held();
        }

        var text = answer(call);
        var thinking = call.Budget / 2;
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            Usage = new UsageDetails
            {
                InputTokenCount = call.Prompt.Length,
                CachedInputTokenCount = Cached?.Invoke(call),
                OutputTokenCount = thinking + text.Length,
                ReasoningTokenCount = thinking,
            },
        };
        response.SetTimings(new GenerationTimings
        {
            TimeToFirstToken = TimeSpan.FromMilliseconds(1),
            TokenTimes = [.. Enumerable.Range(1, thinking + text.Length).Select(i => TimeSpan.FromMilliseconds(i))],
            Total = TimeSpan.FromMilliseconds(1 + thinking + text.Length),
        });
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ModelDescription) ? new ModelDescription { Provider = "fake", Identity = Identity, Device = Device, RunsHere = RunsHere } : null;

    public void Dispose()
    {
    }
}
