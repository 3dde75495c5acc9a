using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>One invocation of a sub-agent outside of a run.</summary>
internal sealed class SingleCall(SubAgentCall call, Action<CallRecord> record) : ISubAgentHost
{
    public TimeProvider Time => TimeProvider.System;

    public bool IsPlain => !call.RecordTexts;

    public (TimeSpan Limit, bool IsFirm)? CallTimeout(RunBinding.Node node) => null;

    public bool RecordsTexts => call.RecordTexts;

    public bool Streams(SubAgentContext agent) => false;

    public void Forward(SubAgentContext agent, ChatResponseUpdate update)
    {
    }

    public TimeSpan? HedgeAfter(SubAgentContext agent) => null;

    public void Record(SubAgentContext agent, Hedge hedge, Exception? failure)
    {
    }

    public SubAgentCall CallOf(RunBinding.Node node, int replica, int attempt) => call;

    public void Record(SubAgentContext agent, in CallUsage usage, CallRecord? made) => record(made ?? agent.FirstRecord());

    public bool Fail(RunBinding.Node node) => false;
}
