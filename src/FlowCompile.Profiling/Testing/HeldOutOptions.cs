namespace FlowCompile.Profiling.Testing;

/// <summary>How a held-out test is carried out.</summary>
public sealed record HeldOutOptions
{
    /// <summary>
    /// How many workflows run at once, 1 or more (default 1: a latency is that of a workflow that has the machine for itself).
    /// </summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Whether nodes run one after another (the <c>sequential</c> schedule) instead of as soon as their inputs are there (default: no).</summary>
    public bool Sequential { get; init; }

    /// <summary>The seed that the seeds of all runs derive from (default 1).</summary>
    public int Seed { get; init; } = 1;
}
