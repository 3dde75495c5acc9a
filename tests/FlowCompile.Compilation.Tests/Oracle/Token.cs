namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Names one output of a run: that of a node or of one of its replicas, or the workflow's input.</summary>
internal static class Token
{
    /// <summary>The workflow's input.</summary>
    public const int Input = -1;

    /// <summary>No output at all.</summary>
    public const int None = -2;

    private const int PerNode = 8;

    public static int Of(int node, int replica = 0) => (node * PerNode) + replica;

    public static int NodeOf(int token) => token / PerNode;

    public static int Count(int nodes) => nodes * PerNode;
}
