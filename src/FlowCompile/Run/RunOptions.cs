namespace FlowCompile;

/// <summary>How a run is carried out, beside its configuration.</summary>
public sealed class RunOptions
{
    internal static RunOptions Default { get; } = new();

    /// <summary>
    /// The seed that sampled calls draw from: each node, replica and attempt gets a seed of its own derived from it.
    /// <see langword="null"/> (the default) sets no seed.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Whether the trace keeps prompts and answers (default: no).</summary>
    public bool RecordTexts { get; init; }

    /// <summary>Called when a node has its output, on whatever thread that happens; for profiling. Default: none.</summary>
    public INodeObserver? Observer { get; init; }

    /// <summary>
    /// Whether nodes run one after another in topological order instead of as soon as their inputs are there (default: no), which
    /// is how a latency under the sequential schedule is measured.
    /// </summary>
    public bool Sequential { get; init; }
}
