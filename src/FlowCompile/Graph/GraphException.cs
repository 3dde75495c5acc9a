namespace FlowCompile.Graph;

/// <summary>A graph that cannot be: an unknown upstream, a cycle, no output, and the like. The message names the node and what to do.</summary>
public sealed class GraphException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public GraphException(string message)
        : base(message)
    {
    }
}
