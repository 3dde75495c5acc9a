namespace FlowCompile.Compilation;

/// <summary>When the calls of a run take place, and so what its latency is.</summary>
public enum Schedule
{
    /// <summary>One call after another: the latency of a run is the sum over its calls.</summary>
    Sequential,

    /// <summary>A call starts as soon as its own inputs are there: the latency of a run is its critical path.</summary>
    Parallel,

    /// <summary>
    /// A node starts once all nodes of the level before it have ended, as bulk-synchronous hosts do it: the latency of a run is the sum
    /// over the levels of the slowest node of each. A node's level is one more than the highest among its upstreams, tools included.
    /// </summary>
    Superstep,
}
