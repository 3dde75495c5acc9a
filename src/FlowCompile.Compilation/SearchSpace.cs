namespace FlowCompile.Compilation;

/// <summary>
/// What configurations may be made of. Limits hold before anything is pruned: a setting that only a forbidden one dominates is still a
/// choice. The default allows everything that was measured.
/// </summary>
public sealed record SearchSpace
{
    /// <summary>The models that may be used. Empty (the default): all.</summary>
    public IReadOnlyCollection<string> Models { get; init; } = [];

    /// <summary>The reasoning budgets that may be used. Empty (the default): all.</summary>
    public IReadOnlyCollection<int> Budgets { get; init; } = [];

    /// <summary>Limits for single sub-agents, by name, beside those for all.</summary>
    public IReadOnlyDictionary<string, SubAgentLimits> SubAgents { get; init; } = new Dictionary<string, SubAgentLimits>();
}
