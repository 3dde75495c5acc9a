namespace FlowCompile.Profiling.Benchmarks;

/// <summary>Keeps everything that a race is shown; what it drops is in no summary later.</summary>
/// <param name="race">The race.</param>
internal sealed class Counting(ISettingRace race) : ISettingRace
{
    private readonly Dictionary<string, ProfiledOutcome> _seen = new(StringComparer.Ordinal);

    /// <summary>The outcomes shown so far.</summary>
    public IReadOnlyCollection<ProfiledOutcome> Seen => _seen.Values;

    public IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes)
    {
        Add(outcomes);
        return race.Drop(outcomes);
    }

    public string? Settle(IReadOnlyList<ProfiledOutcome> outcomes) => race.Settle(outcomes);

    /// <summary>Adds outcomes.</summary>
    public void Add(IEnumerable<ProfiledOutcome> outcomes)
    {
        foreach (var one in outcomes)
        {
            _seen[one.Cell.Key] = one;
        }
    }
}
