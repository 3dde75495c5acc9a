namespace FlowCompile.Deployment;

/// <summary>How long OR-Tools CP-SAT may take, and how it searches.</summary>
public sealed record CpSatOptions
{
    private readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(60);
    private readonly int _seed = 1;

    /// <summary>The longest that one model may take, above zero (default 60 seconds).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeSpan TimeLimit
    {
        get => _timeLimit;
        init => _timeLimit = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time limit is above zero.");
    }

    /// <summary>The seed of the search, not negative (default 1). Which of several equally good answers comes first can depend on it, nothing else.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Seed
    {
        get => _seed;
        init => _seed = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A seed is not negative.");
    }
}
