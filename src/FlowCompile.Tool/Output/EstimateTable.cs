using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Shows configurations with what they are expected to do: accuracy, latency, and cost and energy where there is any.</summary>
internal static class EstimateTable
{
    public static void Write(string first, string remark, IEnumerable<(ShownText First, ShownText Remark, WorkflowConfiguration Configuration)> rows, WorkflowGraph graph)
    {
        var all = rows.ToList();
        var hasCost = all.Exists(row => row.Configuration.Estimate!.Cost > 0);
        var hasEnergy = all.Exists(row => row.Configuration.Estimate!.EnergyJoules is not null);
        var hasTail = all.Exists(row => row.Configuration.Estimate!.LatencyP95Seconds is not null);
        var hasRemark = all.Exists(row => row.Remark.Length > 0);
        Results.Table(
            [
                first, ">accuracy", ">latency", .. Where(hasTail, ">p95"), .. Where(hasCost, ">cost"), .. Where(hasEnergy, ">energy"),
                .. Where(hasRemark, remark), "configuration",
            ],
            all.Select(row =>
            {
                var estimate = row.Configuration.Estimate!;
                return (IReadOnlyList<ShownText>)
                [
                    row.First,
                    Results.Share(estimate.Accuracy),
                    Results.Milliseconds(estimate.LatencySeconds),
                    .. Where(hasTail, estimate.LatencyP95Seconds is { } tail ? Results.Milliseconds(tail) : ""),
                    .. Where(hasCost, Results.Amount(estimate.Cost)),
                    .. Where(hasEnergy, estimate.EnergyJoules is { } joules ? Joules(joules) : ""),
                    .. Where(hasRemark, row.Remark),
                    Results.Configuration(row.Configuration.ToText(graph)),
                ];
            }));
    }

    /// <summary>An energy with its unit.</summary>
    public static string Joules(double joules) => string.Create(CultureInfo.InvariantCulture, $"{joules:0.###} J");

    private static ShownText[] Where(bool condition, ShownText cell) => condition ? [cell] : [];
}
