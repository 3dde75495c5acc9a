namespace FlowCompile;

/// <summary>Runs the node where a routing node returned a value that no <see cref="WhenAttribute"/> of the same router names: the default branch.</summary>
/// <param name="router">The name of the routing sub-agent or tool.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OtherwiseAttribute(string router) : Attribute
{
    /// <summary>The name of the routing node.</summary>
    public string Router { get; } = router;
}
