using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Projects;

/// <summary>The file that a verb writes a plan to. Every verb that does writes it here.</summary>
internal static class PlanTarget
{
    /// <summary>Refuses a file that must stay as it is: asked before anything is measured, for measuring may take hours.</summary>
    public static void Check(string path) => PlanFile.CheckReplaceable(path);

    /// <summary>Writes a plan in the place of what is there.</summary>
    /// <returns>The plan with what it keeps of the one before, and whether the file changed.</returns>
    public static (WorkflowPlan Plan, bool Changed) Write(string path, WorkflowPlan plan, WorkflowGraph graph)
    {
        Check(path);
        var kept = PlanFile.InPlaceOf(path, plan, graph);
        return (kept, PlanFile.Write(path, kept, graph));
    }
}
