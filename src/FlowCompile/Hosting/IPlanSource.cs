using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>Plans that take the place of those that were there at build time. Called at the start of every run by preference, from any thread.</summary>
public interface IPlanSource
{
    /// <summary>The plan in force for a workflow.</summary>
    /// <param name="graph">The workflow's graph, which the plan must be of.</param>
    /// <returns>The plan; <see langword="null"/> leaves the compiled one in force.</returns>
    WorkflowPlan? Find(WorkflowGraph graph);
}
