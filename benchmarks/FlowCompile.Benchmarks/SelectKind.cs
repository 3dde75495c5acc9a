namespace FlowCompile.Benchmarks;

/// <summary>What preferences are chosen by.</summary>
public enum SelectKind
{
    /// <summary>By weight alone.</summary>
    Weight,

    /// <summary>By weight within a mean latency.</summary>
    MeanLatency,

    /// <summary>By weight within a 95th percentile of the latency.</summary>
    P95Latency,

    /// <summary>By weight within a mean latency and of an accuracy.</summary>
    LatencyAndAccuracy,

    /// <summary>The cheapest within a 95th percentile of the latency and of an accuracy.</summary>
    CheapestWithinP95,

    /// <summary>By the greater regret within a 95th percentile of the latency.</summary>
    ChebyshevWithinP95,

    /// <summary>By weight within limits on mean, median and 95th percentile of the latency, cost and energy, and of an accuracy.</summary>
    AllLimits,
}
