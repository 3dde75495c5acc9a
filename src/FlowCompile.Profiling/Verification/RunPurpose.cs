namespace FlowCompile.Profiling;

/// <summary>What a run of a whole workflow was made for.</summary>
public enum RunPurpose
{
    /// <summary>To see what the sub-agents receive: the largest structure under a reference setting, as many runs at once as calls are measured.</summary>
    Reference,

    /// <summary>To see whether a configuration of the plan does what was composed of it.</summary>
    Verification,
}
