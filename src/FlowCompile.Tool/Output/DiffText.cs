using System.Globalization;
using FlowCompile.Compilation;

namespace FlowCompile.Tool.Output;

/// <summary>Shows what changed from one plan to another.</summary>
internal static class DiffText
{
    public static void Write(PlanComparison comparison)
    {
        Results.Heading($"{comparison.Old.Workflow}: {Summary(comparison)}");
        if (!comparison.IsSameGraph)
        {
            Results.Line("The graphs differ: the workflow's code changed between the two plans, and a configuration of one may mean something else in the other.");
        }

        if (comparison.Provenance.Count > 0)
        {
            Results.Table(["made with", "old", "new"], comparison.Provenance.Select(change => (IReadOnlyList<ShownText>)[change.What, change.Old ?? "not said", change.New ?? "not said"]));
        }

        var changed = comparison.Configurations.Where(one => !one.IsUnchanged).ToList();
        if (changed.Count > 0)
        {
            Results.Table(
                ["", "old", "new", ">accuracy", ">change", "", ">latency", ">change", "", ">p95", "configuration"],
                changed.Select(Row));
        }

        WritePoints("what a preference gets", comparison, FrontierPointKind.Named);
        WritePoints("most accurate at the latency of", comparison, FrontierPointKind.EqualLatency);
        WritePoints("fastest at the accuracy of", comparison, FrontierPointKind.EqualAccuracy);
    }

    /// <summary>A limit that is exceeded, in one line.</summary>
    public static ShownText Describe(LimitViolation violation)
    {
        var (point, isAccuracy) = (violation.Point, violation.Limit == "--max-accuracy-loss");
        ShownText where = point.Kind switch
        {
            FrontierPointKind.EqualLatency => (ShownText)$"at the latency of {point.Name}",
            FrontierPointKind.EqualAccuracy => $"at the accuracy of {point.Name}",
            _ => $"'{point.Name}'",
        };
        return isAccuracy
            ? (ShownText)$"{where} loses {violation.Actual:0.0000} of accuracy ({Results.Share(point.Accuracy!.Value.Old)} to {Results.Share(point.Accuracy.Value.New)}, {Noise(point.Accuracy)}): {violation.Actual - violation.Allowed:0.0000} more than {violation.Limit} {violation.Allowed} allows."
            : $"{where} takes {violation.Actual:0.0 %} longer at p95 ({Results.Milliseconds(point.P95!.Value.Old)} to {Results.Milliseconds(point.P95.Value.New)}): {violation.Actual - violation.Allowed:0.0 %} more than {violation.Limit} {violation.Allowed} allows.";
    }

    private static ShownText Summary(PlanComparison comparison)
    {
        var both = comparison.Configurations.Where(one => one is { Old: not null, New: not null }).ToList();
        var moved = both.Where(one => !one.IsUnchanged).ToList();
        var beyond = moved.Count(one => one.Accuracy?.IsWithinNoise == false || one.Latency?.IsWithinNoise == false);
        ShownText estimates = moved.Count == 0 ? "with the same estimates"
            : (ShownText)$"{moved.Count} of them with other estimates, {(beyond == 0 ? "none" : $"{beyond}")} beyond noise";
        return $"{comparison.Configurations.Count(one => one.Old is null)} configurations added, {comparison.Configurations.Count(one => one.New is null)} removed, {both.Count} kept, {estimates}";
    }

    private static void WritePoints(string heading, PlanComparison comparison, FrontierPointKind kind)
    {
        var points = comparison.Points.Where(point => point.Kind == kind && (kind == FrontierPointKind.Named || point.Accuracy?.Change != 0 || point.P95?.Change != 0)).ToList();
        if (points.Count == 0)
        {
            return;
        }

        Results.Table(
            [heading, "old", "new", ">accuracy", ">change", "", ">latency", ">change", "", ">p95", ">change"],
            points.Select(point => (IReadOnlyList<ShownText>)
            [
                point.Name, point.Old.Id, point.New?.Id ?? "none", .. Cells(point.Accuracy, point.Latency),
                point.P95 is { } tail ? Results.Milliseconds(tail.New) : "", point.P95 is { } growth ? Growth(growth) : "",
            ]));
    }

    private static IReadOnlyList<ShownText> Row(ConfigurationChange one)
    {
        var kind = one.Old is null ? "added" : one.New is null ? "removed" : "kept";
        var estimate = (one.New ?? one.Old)!.Estimate;
        IEnumerable<ShownText> cells = one.Accuracy is not null
            ? Cells(one.Accuracy, one.Latency)
            : [Results.Share(estimate.Accuracy), "", "", Results.Milliseconds(estimate.LatencySeconds), "", ""];
        return [kind, one.Old?.Id ?? "", one.New?.Id ?? "", .. cells, estimate.LatencyP95Seconds is { } tail ? Results.Milliseconds(tail) : "", Results.Configuration(one.Text)];
    }

    private static IEnumerable<ShownText> Cells(QuantityChange? accuracy, QuantityChange? latency) => accuracy is { } one && latency is { } other
        ? [Results.Share(one.New), one.Change.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture), Noise(one), Results.Milliseconds(other.New), Growth(other), Noise(other)]
        : ["", "", "", "", "", ""];

    private static string Growth(QuantityChange change) => change.Growth is { } growth ? growth.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "";

    private static string Noise(QuantityChange? change) => change is not { Change: not 0 } one ? "" : one.IsWithinNoise switch { true => "within noise", false => "beyond noise", _ => "noise unknown" };
}
