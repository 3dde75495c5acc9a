namespace FlowCompile.Profiling;

/// <summary>What a profile may be limited by.</summary>
public enum ProfileLimit
{
    /// <summary>What its calls cost (<see cref="ProfilerOptions.MaxCost"/>).</summary>
    Cost,

    /// <summary>The tokens of its calls (<see cref="ProfilerOptions.MaxTokens"/>).</summary>
    Tokens,

    /// <summary>The time it takes (<see cref="ProfilerOptions.MaxTime"/>).</summary>
    Time,
}
