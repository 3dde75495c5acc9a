using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>Shows the frontier of a plan.</summary>
internal static class PlanTable
{
    public static void Write(WorkflowPlan plan, WorkflowGraph graph) =>
        EstimateTable.Write("", "", plan.Configurations.Select(configuration => ((ShownText)configuration.Id, Names(plan, configuration), configuration)), graph);

    // What the named preferences choose, so that a reader finds them.
    private static ShownText Names(WorkflowPlan plan, WorkflowConfiguration configuration)
    {
        (string Name, Preference Preference)[] named =
            [("fastest", Preference.Fastest), ("balanced", Preference.Balanced), ("most accurate", Preference.MostAccurate)];
        return ShownText.Join(", ", named.Where(one => plan.Select(one.Preference) == configuration).Select(one => one.Name));
    }
}
