namespace FlowCompile.Graph;

/// <summary>When a conditional node runs: where its router returned one of the values, or one that no other branch names.</summary>
public sealed class BranchCondition
{
    /// <summary>Creates the condition.</summary>
    /// <param name="router">The routing node.</param>
    /// <param name="values">The values, as C# constants; empty for the default branch.</param>
    public BranchCondition(string router, IReadOnlyList<string> values)
    {
        Router = router;
        Values = values;
    }

    /// <summary>The routing node's name.</summary>
    public string Router { get; }

    /// <summary>The values for which the node runs, as C# constants; empty for the default branch.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether this is the default branch.</summary>
    public bool IsOtherwise => Values.Count == 0;
}
