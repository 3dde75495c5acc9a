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
            foreach (var drift in monitor.Observe(_graph.Name, agent.Node, agent.Setting, Time.GetElapsedTime(agent.Start), agent.Tokens))
            {
                RunLog.Drifted(_runtime.Logger, _graph.Name, drift);
            }
        }
    }
}
