namespace FlowCompile;

/// <summary>
/// Declares a workflow: a partial class whose sub-agents and tools are its methods. The generator emits the typed graph,
/// <c>RunAsync</c>, and the table of the compiled plan into the same class.
/// </summary>
/// <param name="name">
/// The workflow's name, unique in the assembly. It names the plan file (<c>&lt;name&gt;.flowplan.json</c>) and the workflow's section
/// in <c>flowcompile.json</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowAttribute(string name) : Attribute
{
    /// <summary>The workflow's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The models every sub-agent of the workflow may run on, by their names in <c>flowcompile.json</c>. Empty (the default): all
    /// models of <c>flowcompile.json</c>. A sub-agent's own <see cref="SubAgentAttribute.Models"/> takes precedence.
    /// </summary>
    public string[] Models { get; set; } = [];

    /// <summary>
    /// The reasoning budgets every sub-agent of the workflow may run under, in thinking tokens: ascending, none negative. Empty (the
    /// default): the budgets of <c>flowcompile.json</c>. A sub-agent's own <see cref="SubAgentAttribute.Budgets"/> takes precedence.
    /// </summary>
    public int[] Budgets { get; set; } = [];
}
