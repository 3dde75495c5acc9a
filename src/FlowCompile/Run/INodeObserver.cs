namespace FlowCompile;

/// <summary>Sees what each node of a run received and returned.</summary>
public interface INodeObserver
{
    /// <summary>A node has its output.</summary>
    /// <param name="node">The node's index in the graph.</param>
    /// <param name="replica">Which replica, from 0.</param>
    /// <param name="attempt">Which repair attempt, from 0.</param>
    /// <param name="inputs">The values of its inputs, in the order of <see cref="Graph.GraphNode.Inputs"/>.</param>
    /// <param name="output">Its output.</param>
    void OnOutput(int node, int replica, int attempt, IReadOnlyList<object?> inputs, object? output);
}
