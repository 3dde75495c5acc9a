using System.Text.Json;
using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>A comparison of two plans for scripts.</summary>
internal static class DiffJson
{
    public static void Write(PlanComparison comparison) => JsonOutput.Write(new
    {
        comparison.Old.Workflow,
        comparison.IsSameGraph,
        Provenance = comparison.Provenance,
        Configurations = comparison.Configurations.Select(one => new
        {
            Kind = one.Old is null ? "added" : one.New is null ? "removed" : one.IsUnchanged ? "unchanged" : "changed",
            Configuration = one.Text,
            Old = Of(one.Old),
            New = Of(one.New),
            Accuracy = Of(one.Accuracy),
            Latency = Of(one.Latency),
            P95 = Of(one.P95),
        }),
        Points = comparison.Points.Select(Of),
        Violations = comparison.Violations.Select(one => new { one.Limit, one.Actual, one.Allowed, Point = Of(one.Point), Text = DiffText.Describe(one).ToString() }),
    });

    private static object Of(FrontierPointChange point) => new
    {
        Kind = JsonNamingPolicy.CamelCase.ConvertName(point.Kind.ToString()),
        point.Name,
        Old = point.Old.Id,
        New = point.New?.Id,
        Accuracy = Of(point.Accuracy),
        Latency = Of(point.Latency),
        P95 = Of(point.P95),
    };

    private static object? Of(PlanDocumentConfiguration? one) => one is null ? null : new { one.Id, one.Name, Estimate = JsonOutput.Of(one.Estimate) };

    private static object? Of(QuantityChange? change) => change is not { } one ? null : new { one.Old, one.New, one.Change, one.Growth, one.IsWithinNoise };
}
