using FlowCompile.Plans;

namespace FlowCompile.Profiling.Testing;

/// <summary>What a configuration did on held-out cases, end to end.</summary>
public sealed class HeldOutResult
{
    /// <summary>Summarizes the runs of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="runs">Its runs.</param>
    public HeldOutResult(WorkflowConfiguration configuration, IReadOnlyList<HeldOutRun> runs)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(runs);
        Configuration = configuration;
        Runs = runs;
        Accuracy = Mean.Of(runs.Where(run => run.Score is not null).Select(run => run.Score!.Value));
        AccuracyInterval = Interval.Wilson90(Accuracy.Value ?? 0, Accuracy.Count);
        Latency = LatencySummary.Of(runs.Where(run => run.Score is not null).Select(run => run.Latency));
    }

    /// <summary>The configuration.</summary>
    public WorkflowConfiguration Configuration { get; }

    /// <summary>Its runs, in the order of the cases.</summary>
    public IReadOnlyList<HeldOutRun> Runs { get; }

    /// <summary>The mean score of the runs that did not fail.</summary>
    public Mean Accuracy { get; }

    /// <summary>Its 90 % interval.</summary>
    public Interval AccuracyInterval { get; }

    /// <summary>The end-to-end latency of the runs that did not fail; <see langword="null"/> where all did.</summary>
    public LatencySummary? Latency { get; }

    /// <summary>How many runs failed.</summary>
    public int Failures => Runs.Count(run => run.Score is null);
}
