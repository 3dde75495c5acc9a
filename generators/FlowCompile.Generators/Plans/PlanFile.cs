namespace FlowCompile.Generators.Plans;

/// <summary>A plan file of the project that could be read.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Plan">What it says.</param>
internal sealed record PlanFile(string Path, PlanDocument Plan)
{
    /// <summary>Whether the file is named after the workflow that it is the plan of.</summary>
    public bool HasItsName => FileNames.WorkflowOf(Path) == Plan.Workflow;

    /// <summary>The files that name a workflow: the first is its plan.</summary>
    public static IEnumerable<PlanFile> Of(string workflow, IEnumerable<PlanFile> files) => files
        .Where(file => file.Plan.Workflow == workflow)
        .OrderByDescending(file => file.HasItsName)
        .ThenBy(file => file.Path, StringComparer.Ordinal);
}
