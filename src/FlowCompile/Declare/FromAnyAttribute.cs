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

    /// <summary>
    /// How many candidates have to agree for the list to end early: the node then runs with those that are there, and the calls of the others are
    /// canceled, with what only they need. 2 or more, and no fewer than <see cref="MinBranches"/>; 0 (the default) waits for all.
    /// </summary>
    /// <remarks>A plan's estimates are those of the whole list: of its accuracy, and of a latency that ending early stays below.</remarks>
    public int Agree { get; set; }

    /// <summary>
    /// The name of a static method of the workflow, <c>bool Same(T a, T b)</c>, that says whether two candidates agree. Default:
    /// <see cref="EqualityComparer{T}.Default"/>.
    /// </summary>
    public string? Equality { get; set; }
}
