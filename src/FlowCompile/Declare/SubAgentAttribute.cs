namespace FlowCompile;

/// <summary>
/// Declares a sub-agent: a method that calls a model through its <see cref="SubAgentContext"/> parameter. It returns
/// <see cref="ValueTask{TResult}"/> or <see cref="Task{TResult}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SubAgentAttribute : Attribute
{
    /// <summary>
    /// Whether a configuration may leave the sub-agent out. Left out, it drops from candidate lists (<see cref="FromAnyAttribute"/>),
    /// and a node that requires it (<see cref="FromAttribute"/>) receives what the sub-agent itself would have received: the output of
    /// its first upstream of the same type, else the workflow's input of that type.
    /// </summary>
    public bool Optional { get; set; }

    /// <summary>The models this sub-agent may run on. Empty (the default): those of the workflow.</summary>
    public string[] Models { get; set; } = [];

    /// <summary>
    /// The reasoning budgets this sub-agent may run under, in thinking tokens: ascending, none negative, 0 for an answer at once.
    /// Empty (the default): those of the workflow.
    /// </summary>
    public int[] Budgets { get; set; } = [];

    /// <summary>
    /// The sampling temperature of the sub-agent's calls, 0 or more; 0 is greedy. <see cref="float.NaN"/> (the default) leaves it to
    /// the model.
    /// </summary>
    public float Temperature { get; set; } = float.NaN;
}
