namespace FlowCompile;

/// <summary>What a run gives the contexts of its sub-agents.</summary>
public sealed partial class WorkflowRun : ISubAgentHost
{
    TimeProvider ISubAgentHost.Time => _runtime.TimeProvider;

    TimeSpan? ISubAgentHost.CallTimeout => _runtime.CallTimeout;

    bool ISubAgentHost.RecordsTexts => _options.RecordTexts;

    SubAgentCall ISubAgentHost.CallOf(RunBinding.Node node, int replica, int attempt) => new()
    {
        Replica = replica,
        Attempt = attempt,
        Seed = _options.Seed is { } seed ? RunSeeds.Derive(seed, node.SeedName, replica, attempt) : null,
        Temperature = node.Temperature,
        RecordTexts = _options.RecordTexts,
    };

    void ISubAgentHost.Record(SubAgentContext agent, in CallUsage usage, CallRecord? record)
    {
        _trace.AddCall(record ?? (object)agent);
        if (!agent.Bound.Health!.IsSound)
        {
            ModelSucceeded(agent.Bound);
        }
    }

    bool ISubAgentHost.Fail(RunBinding.Node node)
    {
        if (CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        ModelFailed(node);
        return true;
    }
}
