namespace FlowCompile.Profiling;

/// <summary>How a profile is carried out.</summary>
public sealed record ProfilerOptions
{
    /// <summary>
    /// How many sub-agents are measured at once, 1 or more (default: the number of processors). Latencies are measured under this load
    /// and say so.
    /// </summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether calls that failed in an earlier profile are made again (default: no).</summary>
    public bool RetryFailures { get; init; }
}
