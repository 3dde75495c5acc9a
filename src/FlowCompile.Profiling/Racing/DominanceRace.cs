using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>
/// Drops a setting when another one of the same sub-agent is as accurate, as fast and as cheap, with confidence. A configuration's accuracy
/// grows with that of each sub-agent and its latency and cost with theirs, so the frontier does without such a setting. Compared are
/// outcomes on the same inputs, pair by pair, apart for right and for wrong inputs; what one setting gains on the other in accuracy must
/// not be worse than the tolerance at the lower end of its interval.
/// </summary>
/// <param name="settings">The project's settings, for the prices.</param>
public sealed class DominanceRace(ProjectSettings settings) : ISettingRace
{
    private enum Measure
    {
        Score,
        Seconds,
        Cost,
    }

    /// <summary>How many standard errors an interval reaches to each side (default 2.33: 99 of 100 differences lie above its lower end).</summary>
    public double Deviations { get; init; } = 2.33;

    /// <summary>The accuracy, 0 to 1, that may be lost at each sub-agent (default 0.02).</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>The fewest cases before a setting is dropped (default 20).</summary>
    public int MinCases { get; init; } = 20;

    /// <inheritdoc/>
    public IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var dropped = new List<DroppedSetting>();
        foreach (var node in outcomes.GroupBy(one => one.Cell.Node))
        {
            var bySetting = node.GroupBy(one => one.Cell.Setting).Select(group => (Setting: group.Key, Outcomes: ByInputs(group))).ToList();
            for (var i = bySetting.Count - 1; i >= 0; i--)
            {
                var slow = bySetting[i];
                var other = bySetting.FindIndex(fast => fast.Setting != slow.Setting && Dominates(fast.Outcomes, slow.Outcomes));
                if (other >= 0)
                {
                    dropped.Add(new DroppedSetting(node.Key, slow.Setting, $"{bySetting[other].Setting} is as accurate, as fast and as cheap"));
                    bySetting.RemoveAt(i);
                }
            }
        }

        return dropped;
    }

    private static Dictionary<(string, InputVariant, int, int, int), ProfiledOutcome> ByInputs(IEnumerable<ProfiledOutcome> outcomes) => outcomes
        .Where(one => !one.Outcome.Failed)
        .ToDictionary(one => (one.Cell.CaseHash + one.Cell.CaseId, one.Cell.Variant, one.Cell.Candidates, one.Cell.RightCandidates, one.Cell.Repetition));

    private bool Dominates(
        Dictionary<(string, InputVariant, int, int, int), ProfiledOutcome> fast, Dictionary<(string, InputVariant, int, int, int), ProfiledOutcome> slow)
    {
        var pairs = slow.Where(pair => fast.ContainsKey(pair.Key)).Select(pair => (Fast: fast[pair.Key], Slow: pair.Value)).ToList();
        return pairs.Select(pair => pair.Slow.Cell.CaseId).Distinct().Count() >= MinCases
            && pairs.GroupBy(pair => pair.Slow.Cell.InputsRight).All(kind => Lowest(kind, Measure.Score) >= -Tolerance)
            && Lowest(pairs, Measure.Seconds) >= 0
            && pairs.Sum(pair => Value(pair.Fast, Measure.Cost)) <= pairs.Sum(pair => Value(pair.Slow, Measure.Cost));
    }

    /// <summary>The lower end of the interval of what the first of each pair gains on the second: more score, less time.</summary>
    private double Lowest(IEnumerable<(ProfiledOutcome Fast, ProfiledOutcome Slow)> pairs, Measure measure)
    {
        // Outcomes on one case are not independent of each other, so a case counts once.
        var gains = pairs.GroupBy(pair => pair.Slow.Cell.CaseId)
            .Select(one => one.Average(pair => (measure == Measure.Score ? 1 : -1) * (Value(pair.Fast, measure) - Value(pair.Slow, measure)))).ToList();
        var mean = gains.Average();
        var variance = gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Count - 1);

        // Where all cases agree so far the next one may not: as if one more had differed by 1.
        variance += measure == Measure.Score ? 1.0 / gains.Count : 0;
        return mean - (Deviations * Math.Sqrt(variance / gains.Count));
    }

    private double Value(ProfiledOutcome one, Measure measure) => measure switch
    {
        Measure.Score => one.Outcome.Score!.Value,
        Measure.Seconds => one.Outcome.Latency.TotalSeconds,
        _ => settings.FindModel(one.Cell.Setting.Model)?.Price?.CostOf(one.Outcome.InputTokens, one.Outcome.ThinkingTokens + one.Outcome.OutputTokens) ?? 0,
    };
}
