namespace FlowCompile.Profiling;

/// <summary>What a profile was made with: where the plan compiled from it comes from.</summary>
public sealed record ProfileManifest
{
    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>The hash of its graph.</summary>
    public required string GraphHash { get; init; }

    /// <summary>The number of cases; a race may have measured fewer (<see cref="Settled"/>).</summary>
    public required int Cases { get; init; }

    /// <summary>The hash of the cases, in whatever order.</summary>
    public required string CasesHash { get; init; }

    /// <summary>The seed of the sampled calls.</summary>
    public required int Seed { get; init; }

    /// <summary>The strong reference setting, as text.</summary>
    public required string Reference { get; init; }

    /// <summary>The weak reference setting, as text.</summary>
    public required string WeakReference { get; init; }

    /// <summary>The models measured.</summary>
    public required IReadOnlyList<ProfiledModel> Models { get; init; }

    /// <summary>For every node, by name, the hash of its code and temperature.</summary>
    public IReadOnlyDictionary<string, string> NodeHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether all code is told by its source, the same however it was compiled. A profile of an earlier version tells it by its compiled instructions.</summary>
    public bool IsToldBySource { get; init; }

    /// <summary>The hash of the score methods.</summary>
    public string ScoreHash { get; init; } = "";

    /// <summary>What judges the sub-agents without a score method; <see langword="null"/> where all have one.</summary>
    public ProfiledJudge? Judge { get; init; }

    /// <summary>The settings that a race dropped: their outcomes are kept, and are no part of the profile.</summary>
    public IReadOnlyList<DroppedSetting> Dropped { get; init; } = [];

    /// <summary>Where a race needed no more cases; <see langword="null"/> where all were measured, or none raced.</summary>
    public SettledRace? Settled { get; init; }

    /// <summary>How many sub-agents were measured at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>What has counted the energy of calls in the latest run; empty where it was not measured.</summary>
    public IReadOnlyList<string> EnergyCounters { get; init; } = [];

    /// <summary>The machine of the latest run.</summary>
    public required string Machine { get; init; }
}
