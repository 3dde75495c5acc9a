namespace FlowCompile;

/// <summary>
/// Marks a static method that scores an output against a case: <c>double Score(TCase expected, TOutput output)</c>, from 0 (wrong) to 1
/// (right); it may also return <see cref="bool"/>. Without a node it is the workflow's metric and also scores every node whose result type
/// is the output's and that has no score of its own.
/// </summary>
/// <param name="node">The name of the node it scores, or <see langword="null"/> for the workflow.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ScoreAttribute(string? node = null) : Attribute
{
    /// <summary>The name of the node it scores, or <see langword="null"/> for the workflow.</summary>
    public string? Node { get; } = node;
}
