using System.Globalization;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>What changed from one plan of a workflow to another, of whatever graphs.</summary>
public sealed record PlanComparison
{
    private static readonly (string Name, Preference Preference)[] s_named =
        [("fastest", Preference.Fastest), ("balanced", Preference.Balanced), ("most accurate", Preference.MostAccurate)];

    /// <summary>The old plan.</summary>
    public required PlanDocument Old { get; init; }

    /// <summary>The new plan.</summary>
    public required PlanDocument New { get; init; }

    /// <summary>What the plans were made with and that differs.</summary>
    public required IReadOnlyList<ProvenanceChange> Provenance { get; init; }

    /// <summary>Every configuration of either plan: those of the new one in its order, then those removed.</summary>
    public required IReadOnlyList<ConfigurationChange> Configurations { get; init; }

    /// <summary>The named points, then for every configuration of the old plan what the new one has at its latency and at its accuracy.</summary>
    public required IReadOnlyList<FrontierPointChange> Points { get; init; }

    /// <summary>The limits that the new plan does not keep, each where it is furthest from it.</summary>
    public required IReadOnlyList<LimitViolation> Violations { get; init; }

    /// <summary>Whether the plans were compiled for the same graph.</summary>
    public bool IsSameGraph => Old.GraphHash == New.GraphHash;

    private static bool IsCorrected(PlanDocument plan) => plan.Configurations.Any(one => one.Estimate.RecordedAccuracy is not null);

    /// <summary>
    /// Compares two plans. Where the accuracies of only one are corrected for the choice, as a plan of an earlier version has none such, those that were recorded are
    /// compared.
    /// </summary>
    /// <param name="old">The old plan.</param>
    /// <param name="new">The new plan.</param>
    /// <param name="limits">What the new one may be worse by; <see langword="null"/> sets no limit.</param>
    /// <exception cref="CompileException">They are plans of different workflows.</exception>
    public static PlanComparison Of(PlanDocument old, PlanDocument @new, PlanLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(@new);
        if (old.Workflow != @new.Workflow)
        {
            throw new CompileException($"The plans are of different workflows, '{old.Workflow}' and '{@new.Workflow}'; compare two of one workflow.");
        }

        limits ??= new PlanLimits();
        if (IsCorrected(old) != IsCorrected(@new))
        {
            (old, @new) = (old.AsRecorded(), @new.AsRecorded());
        }

        List<FrontierPointChange> points =
        [
            .. s_named.Select(one => new FrontierPointChange(FrontierPointKind.Named, one.Name, old.Select(one.Preference), @new.Select(one.Preference))),
            .. old.Configurations.Select(one => AtLatency(one, @new, limits)),
            .. old.Configurations.Select(one => AtAccuracy(one, @new, limits)),
        ];
        return new PlanComparison
        {
            Old = old,
            New = @new,
            Provenance = ProvenanceComparison.Of(old, @new),
            Configurations = Match(old, @new),
            Points = points,
            Violations =
            [
                .. Worst("--max-accuracy-loss", limits.MaxAccuracyLoss, points.Where(point => point.Kind != FrontierPointKind.EqualAccuracy), point => -point.Accuracy?.Change),
                .. Worst("--max-p95-growth", limits.MaxP95Growth, points.Where(point => point.Kind != FrontierPointKind.EqualLatency), point => point.P95?.Growth),
            ],
        };
    }

    private static IReadOnlyList<ConfigurationChange> Match(PlanDocument old, PlanDocument @new)
    {
        var before = old.Configurations.ToLookup(Key, StringComparer.Ordinal);
        var kept = @new.Configurations.Select(one => new ConfigurationChange(one.ToText(), one.Nearest(before[Key(one)]), one)).ToList();
        var there = @new.Configurations.Select(Key).ToHashSet(StringComparer.Ordinal);
        return [.. kept, .. old.Configurations.Where(one => !there.Contains(Key(one))).Select(one => new ConfigurationChange(one.ToText(), one, null))];
    }

    // The order in which nodes are declared and written does not matter, nor do tools: they follow from what runs.
    private static string Key(PlanDocumentConfiguration one) => string.Join(' ', one.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}*{one.Counts[pair.Key]}={pair.Value}")));

    private static FrontierPointChange AtLatency(PlanDocumentConfiguration one, PlanDocument plan, PlanLimits limits) => new(
        FrontierPointKind.EqualLatency,
        one.Id,
        one,
        plan.Configurations.Where(other => other.Estimate.LatencySeconds <= one.Estimate.LatencySeconds * (1 + limits.LatencySlack)).MaxBy(other => other.Estimate.Accuracy));

    private static FrontierPointChange AtAccuracy(PlanDocumentConfiguration one, PlanDocument plan, PlanLimits limits) => new(
        FrontierPointKind.EqualAccuracy,
        one.Id,
        one,
        plan.Configurations.Where(other => other.Estimate.Accuracy >= one.Estimate.Accuracy - limits.AccuracySlack)
            .MinBy(other => other.Estimate.LatencyP95Seconds ?? other.Estimate.LatencySeconds));

    // A plan that differs by exactly the limit keeps it, whatever the last digit of the difference.
    private static IEnumerable<LimitViolation> Worst(string limit, double? allowed, IEnumerable<FrontierPointChange> points, Func<FrontierPointChange, double?> loss) =>
        allowed is not { } most ? [] : points.Select(point => (Point: point, Loss: loss(point) ?? 0)).Where(pair => pair.Loss > most + 1e-12)
            .OrderByDescending(pair => pair.Loss).Take(1).Select(pair => new LimitViolation(limit, pair.Point, pair.Loss, most));
}
