using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>What a run gives the contexts of its sub-agents.</summary>
public sealed partial class WorkflowRun : ISubAgentHost
{
    TimeProvider ISubAgentHost.Time => _runtime.TimeProvider;

    bool ISubAgentHost.IsPlain => _isPlain;

    bool ISubAgentHost.RecordsTexts => _options.RecordTexts;

    TimeSpan? ISubAgentHost.HedgeAfter(SubAgentContext agent) =>
        _runtime.Hedging?.For(_plan?.Cells.FirstOrDefault(cell => cell.Node == agent.Node && cell.Setting == agent.Setting)?.LatencyP95Seconds);

    void ISubAgentHost.Record(SubAgentContext agent, Hedge hedge, Exception? failure)
    {
        _trace.Add(hedge);
        RunTelemetry.Count(hedge);
        if (failure is not null)
        {
            var call = new CallFailure
            {
                Node = agent.Node,
                Replica = agent.Replica,
                Attempt = agent.Attempt,
                Setting = agent.Setting,
                Try = agent.Tries,
                IsModelFailure = true,
                Configuration = Configuration.Id,
                Exception = failure,
            };
            _trace.Add(call);
            RunLog.Failed(_runtime.Logger, _graph.Name, Configuration.Id, call, failure);
        }
    }

    SubAgentCall ISubAgentHost.CallOf(RunBinding.Node node, int replica, int attempt) => new()
    {
        Replica = replica,
        Attempt = attempt,
        Seed = _options.Seed is { } seed ? RunSeeds.Derive(seed, node.SeedName, replica, attempt) : null,
        Temperature = node.Temperature,
        RecordTexts = _options.RecordTexts,
    };

    bool ISubAgentHost.Streams(SubAgentContext agent) =>
        _options.Updates is not null && _binding.Streamed >= 0 && agent.Bound == _binding.Of(_binding.Streamed, agent.Replica, agent.Attempt);

    void ISubAgentHost.Forward(SubAgentContext agent, ChatResponseUpdate update)
    {
        if (!agent.IsForwarded)
        {
            lock (_trace)
            {
                // The run may have moved since the call began; its answer is then at most a candidate.
                if (!IsWanted(_binding.Streamed, agent.Replica) || Current._binding.Streamed != _binding.Streamed)
                {
                    return;
                }

                _trace.HasOutput = true;
                agent.IsForwarded = true;
            }
        }

        _options.Updates!.Write(update);
    }

    void ISubAgentHost.Record(SubAgentContext agent, in CallUsage usage, CallRecord? record)
    {
        _trace.AddCall(record ?? (object)agent);
        if (_runtime.Drift is not null)
        {
            Interlocked.Add(ref agent.Tokens, usage.Generated);
        }

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
