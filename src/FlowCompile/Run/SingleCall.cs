namespace FlowCompile;

/// <summary>One invocation of a sub-agent outside of a run.</summary>
internal sealed class SingleCall(SubAgentCall call, Action<CallRecord> record) : ISubAgentHost
{
    public TimeProvider Time => TimeProvider.System;

    public TimeSpan? CallTimeout => null;

    public bool RecordsTexts => call.RecordTexts;

    public SubAgentCall CallOf(RunBinding.Node node, int replica, int attempt) => call;

    public void Record(SubAgentContext agent, in CallUsage usage, CallRecord? made) => record(made ?? agent.FirstRecord());

    public bool Fail(RunBinding.Node node) => false;
}
