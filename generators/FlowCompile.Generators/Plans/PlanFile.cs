namespace FlowCompile.Generators.Plans;

/// <summary>A plan file of the project that could be read.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Plan">What it says.</param>
internal sealed record PlanFile(string Path, PlanDocument Plan)
{
    /// <summary>The file that is a workflow's plan: the first by path of those that name it.</summary>
    public static PlanFile? Find(IEnumerable<PlanFile> files, string workflow) =>
        files.Where(file => file.Plan.Workflow == workflow).OrderBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault();
}
