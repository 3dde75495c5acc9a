namespace FlowCompile;

/// <summary>Comparing the calls of sub-agents with what the plan has of them.</summary>
public sealed partial class WorkflowRun
{
    /// <summary>A try of a call begins.</summary>
    internal void BeginTry(SubAgentContext agent)
    {
        if (_runtime.Drift is not null)
        {
            agent.Start = Time.GetTimestamp();
            agent.Tokens = 0;
        }
    }

    /// <summary>A call has ended.</summary>
    internal void Compare(SubAgentContext agent)
    {
        if (_runtime.Drift is { } monitor)
        {
            var elapsed = Time.GetElapsedTime(agent.Start);
            foreach (var drift in monitor.Observe(_graph.Name, agent.Node, agent.Setting, elapsed, agent.Tokens, HandlerFailed))
            {
                RunLog.Drifted(_runtime.Logger, _graph.Name, drift);
            }
        }
    }

    // Whoever is told of a drift has no part in the call that showed it.
    private void HandlerFailed(CellDrift drift, Exception exception) => RunLog.DriftHandlerFailed(_runtime.Logger, _graph.Name, drift, exception);
}
