using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>What compiling gives: the plan, and how it came about.</summary>
public sealed record CompiledFrontier
{
    /// <summary>The plan: the configurations that no other dominates, fastest first.</summary>
    public required WorkflowPlan Plan { get; init; }

    /// <summary>What each pass did, in order.</summary>
    public required IReadOnlyList<CompileStep> Steps { get; init; }

    /// <summary>
    /// How exact the frontier is, in the proxy's own estimates: for every configuration left out, one in the plan spends no more and is
    /// less accurate by at most this, from 0 for an exact frontier to 1. Proven, not estimated: under the independent proxy by composing
    /// exact fronts, or to within <see cref="CompileOptions.MaxAccuracyLoss"/> where a graph is large (a graph both large and entangled is
    /// solved as far as the work allowed goes, and may lose more); under the paired proxy by branch and bound over all configurations.
    /// <see langword="null"/> where there are so many that nothing was proven.
    /// </summary>
    public required double? AccuracyLoss { get; init; }

    /// <summary>
    /// The configurations of the frontier that are not in the plan, because they cannot be told apart from those that stand for them, by these; empty with
    /// <see cref="CompileOptions.KeepAll"/>. Each is in recorded accuracy better by at most <see cref="WorkflowPlan.FoldedLoss"/>.
    /// </summary>
    public IReadOnlyList<FoldedConfiguration> Folded { get; init; } = [];

    /// <summary>How many structures the configurations come from, those included that have none on the frontier.</summary>
    public required int Structures { get; init; }

    /// <summary>How many configurations the plan was chosen from.</summary>
    public required double Configurations { get; init; }

    /// <summary>
    /// What somebody would choose without a compiler, whatever the search space, estimated with the plan's proxy; one of each kind, where there is one and
    /// it is known.
    /// </summary>
    public IReadOnlyList<Baseline> Baselines => LazyBaselines.Value;

    /// <summary>The baselines that are not known, for a setting that belongs to them was not measured to the end.</summary>
    public IReadOnlyList<UnmeasuredBaseline> UnmeasuredBaselines => LazyUnmeasuredBaselines.Value;

    internal AccuracyDifferences? Differences { get; init; }

    // What a configuration of the plan may be ahead of by chance: the whole frontier, and single sub-agents.
    internal IReadOnlyList<WorkflowConfiguration> Rivals { get; init; } = [];

    // A plan can be compiled in less time than its baselines take.
    internal Lazy<IReadOnlyList<Baseline>> LazyBaselines { private get; init; } = new([]);

    internal Lazy<IReadOnlyList<UnmeasuredBaseline>> LazyUnmeasuredBaselines { private get; init; } = new([]);
}
