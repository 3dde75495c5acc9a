namespace FlowCompile;

/// <summary>
/// Runs the node only where a routing node returned one of the given values. A node whose branch is not taken has no output: it drops
/// from candidate lists, and only nodes of the same branch may require it.
/// </summary>
/// <param name="router">The name of the routing sub-agent or tool.</param>
/// <param name="values">The values, of the router's result type: strings, numbers, enum members or booleans; at least one.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WhenAttribute(string router, params object[] values) : Attribute
{
    /// <summary>The name of the routing node.</summary>
    public string Router { get; } = router;

    /// <summary>The values for which the node runs.</summary>
    public object[] Values { get; } = values;
}
