using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>What a sub-agent does under one setting. Failures count in <see cref="Failures"/> and nowhere else.</summary>
public sealed record SettingSummary
{
    /// <summary>The sub-agent's name.</summary>
    public required string Node { get; init; }

    /// <summary>The setting.</summary>
    public required Setting Setting { get; init; }

    /// <summary>How many cells the profile has here, measured or not.</summary>
    public required int Planned { get; init; }

    /// <summary>How many of them are measured, those that failed included.</summary>
    public int Measured { get; init; }

    /// <summary>How many calls failed.</summary>
    public required int Failures { get; init; }

    /// <summary>The first failure's reason; <see langword="null"/> where none failed.</summary>
    public required string? FirstError { get; init; }

    /// <summary>
    /// Whether more calls failed than <see cref="WorkflowSettings.MaxFailures"/> allows: the setting is reported and is no part of what is
    /// compiled.
    /// </summary>
    public bool IsLeftOut { get; init; }

    /// <summary>The mean score over all inputs; of a selector, over the candidate lists of the reference runs.</summary>
    public required Mean Accuracy { get; init; }

    /// <summary>The mean score over those of them that were right.</summary>
    public required Mean AccuracyGivenRight { get; init; }

    /// <summary>The mean score over those of them of which one was wrong. For a repairer: where the value to repair was wrong.</summary>
    public required Mean AccuracyGivenWrong { get; init; }

    /// <summary>For a selector, the mean score by the number of candidates and of right ones, fewest first, composed lists included; empty for others.</summary>
    public required IReadOnlyList<CandidateAccuracy> AccuracyByCandidates { get; init; }

    /// <summary>How long calls took; <see langword="null"/> where none was measured.</summary>
    public required LatencySummary? Latency { get; init; }

    /// <summary>The mean number of tokens of the prompt.</summary>
    public required double InputTokens { get; init; }

    /// <summary>The mean number of thinking tokens.</summary>
    public required double ThinkingTokens { get; init; }

    /// <summary>The mean number of tokens of the answer.</summary>
    public required double OutputTokens { get; init; }

    /// <summary>
    /// The mean energy of a call on this machine, in joules (<see cref="Outcome.EnergyJoules"/>); <see langword="null"/> where it was not measured of
    /// every call.
    /// </summary>
    public double? EnergyJoules { get; init; }

    /// <summary>What the model's tokens cost today; <see langword="null"/> where it has no price.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>The mean cost of a call by today's prices; 0 where the model has none.</summary>
    public required double Cost { get; init; }
}
