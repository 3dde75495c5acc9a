namespace FlowCompile;

/// <summary>
/// Binds a parameter of type <see cref="IReadOnlyList{T}"/> to a candidate list: the outputs of those of the named nodes that run in
/// the configuration, in the order named, replicas in their order. Any correct candidate can carry a correct result.
/// </summary>
/// <param name="upstreams">The names of the methods whose outputs are candidates.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromAnyAttribute(params string[] upstreams) : Attribute
{
    /// <summary>The names of the methods whose outputs are candidates.</summary>
    public string[] Upstreams { get; } = upstreams;

    /// <summary>
    /// The fewest candidates the node runs with, 1 or more (default 1). With a single candidate and a minimum of 2 or more the node is
    /// not run: the candidate passes through without a call.
    /// </summary>
    public int MinBranches { get; set; } = 1;
}
