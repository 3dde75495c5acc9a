using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A model's client under one setting: fills in what the setting says and records each call.</summary>
internal sealed class BoundChatClient(IChatClient model, SubAgentContext agent, Action<CallRecord> record) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var prompt = agent.Call.RecordTexts ? messages as IReadOnlyCollection<ChatMessage> ?? [.. messages] : null;
        var response = await model.GetResponseAsync(prompt ?? messages, Bind(options), cancellationToken).ConfigureAwait(false);
        Record(start, response.Usage, response.GetTimings(), prompt, response.Text);
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var prompt = agent.Call.RecordTexts ? messages as IReadOnlyCollection<ChatMessage> ?? [.. messages] : null;
        TimeSpan? first = null;
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in model.GetStreamingResponseAsync(prompt ?? messages, Bind(options), cancellationToken).ConfigureAwait(false))
        {
            first ??= Stopwatch.GetElapsedTime(start);
            updates.Add(update);
            yield return update;
        }

        var response = updates.ToChatResponse();
        var total = Stopwatch.GetElapsedTime(start);
        var timings = response.GetTimings()
            ?? (first is { } time ? new GenerationTimings { TimeToFirstToken = time, TokenTimes = [], Total = total } : null);
        Record(start, response.Usage, timings, prompt, response.Text);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : model.GetService(serviceType, serviceKey);

    // The model belongs to the catalog; a sub-agent that disposes its client must not close it for everybody.
    public void Dispose()
    {
    }

    private ChatOptions Bind(ChatOptions? options)
    {
        options = options?.Clone() ?? new ChatOptions();
        options.Temperature ??= agent.Call.Temperature;
        options.Seed ??= agent.Call.Seed;
        options.SetReasoningBudget(agent.Setting.Budget);
        return options;
    }

    private void Record(long start, UsageDetails? usage, GenerationTimings? timings, IEnumerable<ChatMessage>? prompt, string answer)
    {
        var thinking = usage?.ReasoningTokenCount ?? 0;
        record(new CallRecord
        {
            Node = agent.Node,
            Replica = agent.Call.Replica,
            Attempt = agent.Call.Attempt,
            Setting = agent.Setting,
            InputTokens = usage?.InputTokenCount ?? 0,
            ThinkingTokens = thinking,
            OutputTokens = Math.Max(0, (usage?.OutputTokenCount ?? 0) - thinking),
            TimeToFirstToken = timings?.TimeToFirstToken,
            Latency = timings?.Total ?? Stopwatch.GetElapsedTime(start),
            Prompt = prompt is null ? null : string.Join('\n', prompt.Select(message => message.Text)),
            Answer = prompt is null ? null : answer,
        });
    }
}
