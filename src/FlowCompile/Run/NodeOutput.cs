using System.ComponentModel;

namespace FlowCompile;

/// <summary>The output of a node in a workflow with branches: none where the node's branch was not taken. For generated code.</summary>
/// <typeparam name="T">The type of the output.</typeparam>
/// <param name="value">The output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NodeOutput<T>(T value)
{
    /// <summary>Whether there is an output.</summary>
    public bool HasValue { get; } = true;

    /// <summary>The output; the default value where there is none.</summary>
    public T Value { get; } = value;
}
