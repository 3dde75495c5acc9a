using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Shows the frontier of a plan.</summary>
internal static class PlanTable
{
    public static void Write(WorkflowPlan plan, WorkflowGraph graph)
    {
        var hasCost = plan.Configurations.Any(configuration => configuration.Estimate!.Cost > 0);
        List<string> headers = ["", ">accuracy", ">latency", "", "configuration"];
        if (hasCost)
        {
            headers.Insert(3, ">cost");
        }

        Results.Table(headers, plan.Configurations.Select(configuration =>
        {
            List<string> row =
            [
                configuration.Id,
                Results.Share(configuration.Estimate!.Accuracy),
                Results.Milliseconds(configuration.Estimate.LatencySeconds),
                Names(plan, configuration),
                configuration.ToText(graph),
            ];
            if (hasCost)
            {
                row.Insert(3, configuration.Estimate.Cost.ToString("0.######", CultureInfo.InvariantCulture));
            }

            return row;
        }));
    }

    // What the named preferences choose, so that a reader finds them.
    private static string Names(WorkflowPlan plan, WorkflowConfiguration configuration)
    {
        (string Name, Preference Preference)[] named =
            [("fastest", Preference.Fastest), ("balanced", Preference.Balanced), ("most accurate", Preference.MostAccurate)];
        return string.Join(", ", named.Where(one => plan.Select(one.Preference) == configuration).Select(one => one.Name));
    }
}
