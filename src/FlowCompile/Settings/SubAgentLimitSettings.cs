namespace FlowCompile.Settings;

/// <summary>What a sub-agent may run under in a plan, and how often: an entry of <c>limits</c> in a workflow's section.</summary>
public sealed record SubAgentLimitSettings
{
    /// <summary>The models it may use. Empty (the default): all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The reasoning budgets it may use. Empty (the default): all.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [];

    /// <summary>The one setting it is locked to; <see langword="null"/> (the default) leaves it free.</summary>
    public Setting? Setting { get; init; }

    /// <summary>The fewest calls (replicas, or most repair attempts), 0 or more; 1 keeps structures out that leave it out. Default: 0.</summary>
    public int MinCount { get; init; }

    /// <summary>The most calls, at least <see cref="MinCount"/>; 0 leaves it out. <see langword="null"/> (the default) sets no limit.</summary>
    public int? MaxCount { get; init; }
}
