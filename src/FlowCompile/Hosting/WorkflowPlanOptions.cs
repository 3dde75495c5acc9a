namespace FlowCompile;

/// <summary>
/// Where the plan of a workflow comes from while the application runs: <c>services.Configure&lt;WorkflowPlanOptions&gt;("math", ...)</c>, by the
/// workflow's name. A change of the options is taken over as one of the file is.
/// </summary>
public sealed class WorkflowPlanOptions
{
    /// <summary>A plan file that takes the place of the compiled plan; <see langword="null"/> (the default) or blank leaves that in force.</summary>
    public string? File { get; set; }

    /// <summary>How often the file is looked at, above zero and at most 49 days (default 5 s).</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);
}
