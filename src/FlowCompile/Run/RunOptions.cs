using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>How a run is carried out, beside its configuration.</summary>
public sealed class RunOptions
{
    private readonly TimeSpan? _deadline;
    private readonly IReadOnlyCollection<string> _deniedModels = [];
    private WorkflowPlan? _plan;

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

    /// <summary>
    /// The time from its start that the run should end within, above zero; <see langword="null"/> (the default) for none. A run by preference
    /// chooses among the configurations that make it, anew before each call. One that cannot make it goes on as fast as it can and says so
    /// (<see cref="WorkflowResult{T}.IsLate"/>); to end it then, cancel it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    public TimeSpan? Deadline
    {
        get => _deadline;
        init => _deadline = value is null || value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A deadline is above zero.");
    }

    /// <summary>
    /// The models that this run must not use (default: none). A run by preference chooses among the configurations without them. A name that neither
    /// the plan nor the models at hand have is refused when the run starts, with a <see cref="WorkflowException"/>.
    /// </summary>
    public IReadOnlyCollection<string> DeniedModels
    {
        get => _deniedModels;
        init => _deniedModels = RuntimeRange.NotNull(value);
    }

    /// <summary>
    /// The plan that a run by preference chooses from, in place of the one that was there at build time (default: that one). It must be of the
    /// workflow's graph.
    /// </summary>
    public WorkflowPlan? Plan
    {
        get => _plan;
        init => _plan = value;
    }

    /// <summary>Whether there is a model that this run must not use; asked of every run, so the usual way of having none is told apart quickly.</summary>
    internal bool DeniesModels => _deniedModels is string[] models ? models.Length > 0 : _deniedModels.Count > 0;

    /// <summary>Who reads the output while it is written; <see langword="null"/> for nobody.</summary>
    internal RunUpdates? Updates { get; private set; }

    /// <summary>The same options for a run by another plan.</summary>
    internal RunOptions With(WorkflowPlan plan)
    {
        var options = (RunOptions)MemberwiseClone();
        options._plan = plan;
        return options;
    }

    /// <summary>The same options for a run whose output is read while it is written.</summary>
    internal RunOptions With(RunUpdates updates)
    {
        var options = (RunOptions)MemberwiseClone();
        options.Updates = updates;
        return options;
    }
}
