using FlowCompile.Graph;

namespace FlowCompile.Plans;

/// <summary>
/// A plan as its file says it, without the workflow's graph: for tools that compare plans of graphs that may differ. What a program runs
/// by is a <see cref="WorkflowPlan"/>.
/// </summary>
public sealed class PlanDocument
{
    private readonly PlanDocumentConfiguration[] _configurations;
    private readonly Lazy<WorkflowPlan> _selection;

    internal PlanDocument(IReadOnlyList<PlanDocumentConfiguration> configurations)
    {
        _configurations = [.. configurations];

        // Preferences see estimates alone, so no structure is needed for the same choice as at run time.
        _selection = new Lazy<WorkflowPlan>(() => new WorkflowPlan(
            Workflow!, GraphHash!, Proxy!, Schedule!,
            [.. _configurations.Select(one => new WorkflowConfiguration(one.Id, new WorkflowStructure([]), Array.Empty<CallSettings?>(), one.Estimate))],
            Provenance));
    }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>The hash of the graph it was compiled for.</summary>
    public required string GraphHash { get; init; }

    /// <summary>The proxy behind the estimates.</summary>
    public required string Proxy { get; init; }

    /// <summary>The schedule behind the latencies.</summary>
    public required string Schedule { get; init; }

    /// <summary>What the frontier trades off; empty where the plan does not say.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <inheritdoc cref="WorkflowPlan.AccuracyLoss"/>
    public double? AccuracyLoss { get; init; }

    /// <inheritdoc cref="WorkflowPlan.Folded"/>
    public int? Folded { get; init; }

    /// <inheritdoc cref="WorkflowPlan.FoldedLoss"/>
    public double? FoldedLoss { get; init; }

    /// <summary>Where the plan comes from; <see langword="null"/> for one that does not say.</summary>
    public PlanProvenance? Provenance { get; init; }

    /// <inheritdoc cref="WorkflowPlan.Cells"/>
    public IReadOnlyList<PlanCell> Cells { get; init; } = [];

    /// <inheritdoc cref="WorkflowPlan.Verification"/>
    public PlanVerification? Verification { get; init; }

    /// <inheritdoc cref="WorkflowPlan.Extensions"/>
    internal IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];

    /// <summary>The configurations, fastest first, at least one.</summary>
    public IReadOnlyList<PlanDocumentConfiguration> Configurations => _configurations;

    /// <summary>The plan with accuracies as they were recorded, nothing taken off for the choice: to compare with a plan where nothing was.</summary>
    internal PlanDocument AsRecorded() => new([.. _configurations.Select(one => one with
    {
        Estimate = one.Estimate with { Accuracy = one.Estimate.RecordedAccuracy ?? one.Estimate.Accuracy, RecordedAccuracy = null },
    })])
    {
        Workflow = Workflow,
        GraphHash = GraphHash,
        Proxy = Proxy,
        Schedule = Schedule,
        Objectives = Objectives,
        AccuracyLoss = AccuracyLoss,
        Folded = Folded,
        FoldedLoss = FoldedLoss,
        Provenance = Provenance,
        Cells = Cells,
        Extensions = Extensions,
    };

    /// <summary>The configuration that a preference chooses: the same as at run time.</summary>
    /// <param name="preference">What the caller wants.</param>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public PlanDocumentConfiguration Select(Preference preference)
    {
        var chosen = _selection.Value.Select(preference);
        return Array.Find(_configurations, one => one.Id == chosen.Id)!;
    }
}
