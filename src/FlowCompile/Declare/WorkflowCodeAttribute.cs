using System.ComponentModel;

namespace FlowCompile;

/// <summary>What the source of a node says, as a hash: the same however it is compiled. Generated; the profiler tells by it what has to be measured again.</summary>
/// <param name="workflow">The full name of the workflow's class.</param>
/// <param name="node">The node's name; empty for the score methods.</param>
/// <param name="hash">The hash of its source and of what that refers to in the assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkflowCodeAttribute(string workflow, string node, string hash) : Attribute
{
    /// <summary>The full name of the workflow's class.</summary>
    public string Workflow { get; } = workflow;

    /// <summary>The node's name; empty for the score methods.</summary>
    public string Node { get; } = node;

    /// <summary>The hash of its source and of what that refers to in the assembly.</summary>
    public string Hash { get; } = hash;
}
