namespace FlowCompile.Profiling;

/// <summary>How far a profile is.</summary>
public sealed record ProfileProgress
{
    /// <summary>What it is doing.</summary>
    public required ProfilePhase Phase { get; init; }

    /// <summary>The sub-agent at work, or which reference.</summary>
    public required string Node { get; init; }

    /// <summary>Its setting.</summary>
    public required Setting Setting { get; init; }

    /// <summary>How many of the phase's runs or cells are there, those of earlier profiles included.</summary>
    public required int Done { get; init; }

    /// <summary>How many there are in the phase; in part expected, since some cells are only known when others are measured.</summary>
    public required int Total { get; init; }

    /// <summary>How many were there already when the phase began.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many of those done since then have failed.</summary>
    public required int Failures { get; init; }

    /// <summary>How many a second were done since the phase began.</summary>
    public required double PerSecond { get; init; }

    /// <summary>The time left in the phase at that rate; <see langword="null"/> while nothing was done.</summary>
    public required TimeSpan? TimeLeft { get; init; }
}
