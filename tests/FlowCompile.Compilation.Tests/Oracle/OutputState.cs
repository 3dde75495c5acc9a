namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What became of a node's output.</summary>
internal enum OutputState
{
    /// <summary>There is none: another branch was taken.</summary>
    Empty,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>What waits for it gets an exception.</summary>
    Thrown,
}
