namespace FlowCompile.Compilation;

/// <summary>
/// What measuring settings takes. Where one decode serves all budgets, its largest one pays for the thinking: a smaller one adds its own answer
/// alone, so that leaving out the middle of three saves next to nothing, and leaving out the two largest nearly all.
/// </summary>
internal static class RaceTokens
{
    /// <summary>The tokens that are decoded for settings.</summary>
    /// <param name="settings">The settings.</param>
    public static double Decoded(IEnumerable<RaceSetting> settings) => settings.GroupBy(one => (one.Node, one.Setting.Model))
        .Sum(group => group.Sum(one => one.Tokens - one.Reused) + group.MaxBy(one => one.Setting.Budget)!.Reused);

    /// <summary>What may be left out at a time: a setting, or those of a sub-agent and a model from a budget up.</summary>
    /// <param name="settings">The settings.</param>
    public static IEnumerable<IReadOnlyList<RaceSetting>> Units(IEnumerable<RaceSetting> settings)
    {
        foreach (var group in settings.GroupBy(one => (one.Node, one.Setting.Model)))
        {
            RaceSetting[] largestFirst = [.. group.OrderByDescending(one => one.Setting.Budget)];
            for (var i = 0; i < largestFirst.Length; i++)
            {
                yield return [largestFirst[i]];
                if (i > 0)
                {
                    yield return largestFirst[..(i + 1)];
                }
            }
        }
    }
}
