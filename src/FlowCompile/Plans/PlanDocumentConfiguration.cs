namespace FlowCompile.Plans;

/// <summary>A configuration as a plan's file says it.</summary>
public sealed record PlanDocumentConfiguration
{
    /// <summary>Its id, unique in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>A name that says more than the id; <see langword="null"/> where it has none.</summary>
    public string? Name { get; init; }

    /// <inheritdoc cref="WorkflowConfiguration.Extensions"/>
    internal IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];

    /// <summary>How many times each node that runs does so, by the node's name.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>The settings of the calls of each sub-agent that runs, in the order written.</summary>
    public required IReadOnlyList<KeyValuePair<string, CallSettings>> Settings { get; init; }

    /// <summary>What it is expected to do.</summary>
    public required Estimate Estimate { get; init; }

    /// <summary>
    /// The configuration as text, as <see cref="WorkflowConfiguration.ToText"/> writes it, without what that has in parentheses: only the graph says what
    /// would be there.
    /// </summary>
    public string ToText() => string.Join(' ', Settings.Select(pair => pair.Key + pair.Value.Assigned(Counts[pair.Key])));

    /// <summary>Of configurations with the same settings the one whose counts are the same, else the first; <see langword="null"/> where there is none.</summary>
    /// <param name="others">The configurations.</param>
    internal PlanDocumentConfiguration? Nearest(IEnumerable<PlanDocumentConfiguration> others) =>
        others.OrderByDescending(other => HasCounts(other.Counts)).FirstOrDefault();

    /// <summary>Whether the nodes that run do so as often as given.</summary>
    /// <param name="counts">By the node's name, its count.</param>
    internal bool HasCounts(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == Counts.Count && counts.All(pair => Counts.TryGetValue(pair.Key, out var count) && count == pair.Value);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
