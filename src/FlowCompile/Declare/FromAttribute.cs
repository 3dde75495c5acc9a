namespace FlowCompile;

/// <summary>Binds a parameter to the output of one upstream node, which the node then requires.</summary>
/// <param name="upstream">The upstream method's name: <c>nameof(Method)</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromAttribute(string upstream) : Attribute
{
    /// <summary>The upstream method's name.</summary>
    public string Upstream { get; } = upstream;
}
