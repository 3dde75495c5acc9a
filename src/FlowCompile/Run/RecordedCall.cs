using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>One model call while it is under way: its start, its texts where they are kept, and its telemetry.</summary>
internal struct RecordedCall
{
    private readonly SubAgentContext _agent;
    private readonly long _start;
    private readonly Activity? _activity;
    private IReadOnlyCollection<ChatMessage>? _prompt;

    /// <summary>The call starts now.</summary>
    public RecordedCall(SubAgentContext agent, bool isHedge = false)
        : this(agent, agent.Host.Time.GetTimestamp()) => _activity = RunTelemetry.StartCall(agent.Bound, isHedge);

    /// <summary>The call has started, nobody wants its activity, and its texts are not kept.</summary>
    public RecordedCall(SubAgentContext agent, long start) => (_agent, _start) = (agent, start);

    public readonly TimeSpan Elapsed => _agent.Host.Time.Since(_start);

    /// <summary>The messages to send; kept where the run records texts.</summary>
    public IEnumerable<ChatMessage> Keep(IEnumerable<ChatMessage> messages)
    {
        if (!_agent.Host.RecordsTexts)
        {
            return messages;
        }

        _prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        return _prompt;
    }

    /// <summary>The call has its response.</summary>
    /// <param name="response">The response; its own timings win over those measured here.</param>
    /// <param name="first">When its first token was there, where that was seen.</param>
    public readonly void End(ChatResponse response, TimeSpan? first = null)
    {
        var timings = response.GetTimings();
        var tokens = response.Usage;
        var thinking = tokens?.ReasoningTokenCount ?? 0;
        var usage = new CallUsage(
            tokens?.InputTokenCount ?? 0,
            thinking,
            Math.Max(0, (tokens?.OutputTokenCount ?? 0) - thinking),
            timings?.TimeToFirstToken ?? first,
            timings?.Total ?? Elapsed,
            CachedInput.TokensOf(tokens));
        if (_prompt is null)
        {
            _agent.Record(usage);
        }
        else
        {
            _agent.Record(usage, string.Join('\n', _prompt.Select(message => message.Text)), response.Text);
        }

        RunTelemetry.EndCall(_activity, _agent.Bound, usage, response.ModelId);
    }

    /// <summary>The call threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <param name="cancellationToken">The token of whoever called: that it was canceled is no failure of the model.</param>
    public readonly void Fail(Exception error, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            _agent.Fail();
        }

        RunTelemetry.FailCall(_activity, _agent.Bound, Elapsed, error);
    }
}
