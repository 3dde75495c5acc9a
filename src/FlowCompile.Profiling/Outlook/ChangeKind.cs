namespace FlowCompile.Profiling;

/// <summary>What may have changed since a profile was made.</summary>
public enum ChangeKind
{
    /// <summary>The workflow has not been profiled.</summary>
    NotProfiled,

    /// <summary>The graph: nodes, edges or structure choices.</summary>
    Graph,

    /// <summary>The code or the temperature of a sub-agent or tool.</summary>
    Code,

    /// <summary>The score methods; outcomes are scored anew, without a call.</summary>
    Score,

    /// <summary>The judge of sub-agents without a score method; their outputs are judged anew, without another call of theirs.</summary>
    Judge,

    /// <summary>The model behind a name.</summary>
    Model,

    /// <summary>The settings that a sub-agent may run under.</summary>
    Settings,

    /// <summary>The cases.</summary>
    Cases,

    /// <summary>The seed of the sampled calls.</summary>
    Seed,

    /// <summary>A reference setting.</summary>
    Reference,

    /// <summary>How calls are timed: how many at once, on which machine, with which slots. Outcomes hold; their latencies are those of before.</summary>
    Timing,
}
