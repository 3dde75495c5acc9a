namespace FlowCompile.Profiling;

/// <summary>How a profile is carried out.</summary>
public sealed record ProfilerOptions
{
    /// <summary>
    /// How many sub-agents are measured at once, 1 or more (default: the number of processors). Latencies are measured under this load
    /// and say so.
    /// </summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How many times a sub-agent with a temperature above 0 is called on the same inputs, 1 or more (default 3), and at least as often
    /// as it has replicas.
    /// </summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>
    /// How many candidate lists are composed for a selector on one case, beside those of the reference runs, 0 or more (default 4). Each
    /// case takes other numbers of candidates and of right ones, so that all of them occur over the cases.
    /// </summary>
    public int SelectorVariants { get; init; } = 4;

    /// <summary>
    /// Whether one decode serves all budgets (default: yes), with models whose client can do that (<see cref="IBudgetSweep"/>). The
    /// outcomes are the same; latencies under all budgets but the largest and 0 are derived from the times of its tokens.
    /// </summary>
    public bool ShareDecodes { get; init; } = true;

    /// <summary>
    /// How many calls a model decodes in one run of its network, 1 or more (default 1: each call alone), with models whose client can do that
    /// (<see cref="IBatchDecoding"/>). The outcomes are the same. The first calls of each sub-agent under each setting are measured alone all
    /// the same, and the latencies of those in batches are put together from theirs (<see cref="Outcome.IsBatched"/>).
    /// </summary>
    public int Batch { get; init; } = 1;

    /// <summary>
    /// What the calls of one run may cost, 0 or more, in the currency of the prices; <see langword="null"/> (the default) sets no limit.
    /// All that is billed counts, failed calls, retries and judges included. When a limit is reached no further request begins, and those that are under
    /// way end; before one begins, what it will likely take is set aside, so that the limit is exceeded by at most one call for each worker.
    /// </summary>
    public double? MaxCost { get; init; }

    /// <summary>How many tokens the calls of one run may take, prompts included, 0 or more; <see langword="null"/> (the default) sets no limit.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>How long one run may take; <see langword="null"/> (the default) sets no limit.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>What decides which settings go on being measured; <see langword="null"/> (the default) measures all of them on every case.</summary>
    public ISettingRace? Race { get; init; }

    /// <summary>
    /// What measures the energy of calls that are computed on this machine; <see langword="null"/> where it cannot tell. Looked for only when
    /// such a model is used: it loads the driver's library.
    /// </summary>
    internal Lazy<EnergyMeter?> Energy { get; init; } = EnergyMeter.Machine;

    /// <summary>Whether calls that failed in an earlier profile are made again (default: no).</summary>
    public bool RetryFailures { get; init; }
}
