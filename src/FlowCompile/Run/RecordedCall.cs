using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>One model call while it is under way: its start, its texts where they are kept, and its telemetry.</summary>
internal struct RecordedCall(SubAgentContext agent)
{
    private readonly long _start = agent.Time.GetTimestamp();
    private readonly Activity? _activity = RunTelemetry.StartCall(agent.Setting, agent.Provider);
    private IReadOnlyCollection<ChatMessage>? _prompt;

    public readonly TimeSpan Elapsed => agent.Time.GetElapsedTime(_start);

    /// <summary>The messages to send; kept where the run records texts.</summary>
    public IEnumerable<ChatMessage> Keep(IEnumerable<ChatMessage> messages)
    {
        if (!agent.Call.RecordTexts)
        {
            return messages;
        }

        _prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        return _prompt;
    }

    public readonly void End(ChatResponse response, GenerationTimings? timings)
    {
        var usage = response.Usage;
        var input = usage?.InputTokenCount ?? 0;
        var thinking = usage?.ReasoningTokenCount ?? 0;
        var output = Math.Max(0, (usage?.OutputTokenCount ?? 0) - thinking);
        var record = new CallRecord
        {
            Node = agent.Node,
            Replica = agent.Call.Replica,
            Attempt = agent.Call.Attempt,
            Setting = agent.Setting,
            InputTokens = input,
            ThinkingTokens = thinking,
            OutputTokens = output,
            TimeToFirstToken = timings?.TimeToFirstToken,
            Latency = timings?.Total ?? Elapsed,
            Cost = agent.Price.CostOf(input, thinking + output),
            Prompt = _prompt is null ? null : string.Join('\n', _prompt.Select(message => message.Text)),
            Answer = _prompt is null ? null : response.Text,
        };
        agent.Record(record);
        RunTelemetry.EndCall(_activity, record, agent.Provider, response.ModelId);
    }

    public readonly void Fail(Exception error)
    {
        agent.Fail();
        RunTelemetry.FailCall(_activity, agent.Setting, agent.Provider, Elapsed, error);
    }
}
