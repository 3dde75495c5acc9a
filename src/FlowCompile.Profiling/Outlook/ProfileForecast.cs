namespace FlowCompile.Profiling;

/// <summary>What a profile will do, as far as that is known before it begins.</summary>
public sealed record ProfileForecast
{
    /// <summary>How many cells are measured already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many reference runs it will make.</summary>
    public required int ReferenceRuns { get; init; }

    /// <summary>Whether a race may end the measuring of settings, so that all figures are upper limits.</summary>
    public bool IsRaced { get; init; }

    /// <summary>
    /// What the race of the profile has dropped, where it would drop it again: it is not counted. Empty where there is no race, or something has changed.
    /// </summary>
    public IReadOnlyList<DroppedSetting> Dropped { get; init; } = [];

    /// <summary>Where the race of the profile needed no more cases, and would not now: the others are not counted. Otherwise <see langword="null"/>.</summary>
    public SettledRace? Settled { get; init; }

    /// <summary>What the probe was billed for that this rests on; <see langword="null"/> where none was made.</summary>
    public ProfileSpending? Probed { get; init; }

    /// <summary>
    /// What verifying the plan end to end takes beside all that (<see cref="Profiler.ForecastVerification"/>); <see langword="null"/> for nothing, or where it was not
    /// asked for.
    /// </summary>
    public VerificationForecast? Verification { get; init; }

    /// <summary>A row for each model it will call.</summary>
    public required IReadOnlyList<ModelForecast> Models { get; init; }

    /// <summary>How many calls it will make at least, those of the reference runs included.</summary>
    public int Calls => Models.Sum(model => model.Calls);

    /// <summary>How many it will make at most.</summary>
    public int CallsAtMost => Models.Sum(model => model.CallsAtMost);

    /// <summary>How many of those nothing is known of.</summary>
    public int UnknownCalls => Models.Sum(model => model.UnknownCalls);

    /// <summary>How many are reckoned from other calls of their model.</summary>
    public int EstimatedCalls => Models.Sum(model => model.EstimatedCalls);

    /// <summary>What the known ones cost at most.</summary>
    public double Cost => Models.Sum(model => model.Cost);

    /// <summary>How long the known ones take at most.</summary>
    public TimeSpan Time => Models.Aggregate(TimeSpan.Zero, (sum, model) => sum + model.Time);
}
