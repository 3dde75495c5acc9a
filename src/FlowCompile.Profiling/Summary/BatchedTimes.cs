namespace FlowCompile.Profiling;

/// <summary>
/// Puts the times of outcomes from batches together: those of a timed call of the same sub-agent under the same setting, the timed calls
/// taking turns, with the mean time of a token added for every token more and taken off for every token less.
/// </summary>
internal static class BatchedTimes
{
    // Three hundred years: more than any call takes, and what a damaged store may say fits.
    private const double MostTicks = 1e17;

    /// <summary>Fills in what is missing.</summary>
    /// <param name="cells">Cells with their outcomes, in the order planned.</param>
    /// <returns>
    /// The same, but that outcomes from batches have times. One has none, and counts as not measured, where no call of its sub-agent on its model was timed.
    /// </returns>
    public static List<(ProfileCell Cell, Outcome? Outcome)> Fill(List<(ProfileCell Cell, Outcome? Outcome)> cells)
    {
        if (!cells.Exists(pair => pair.Outcome is { IsBatched: true, Failed: false }))
        {
            return cells;
        }

        var timed = cells.Where(pair => pair.Outcome is { IsBatched: false, Failed: false }).ToLookup(pair => (pair.Cell.Node, pair.Cell.Setting.Model));
        var models = timed.ToDictionary(group => group.Key, group => SecondsOfAToken(group.Select(pair => pair.Outcome!)));
        var settings = timed.SelectMany(group => group).GroupBy(pair => (pair.Cell.Node, pair.Cell.Setting))
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Outcome!).ToList());
        var turns = new Dictionary<(string, Setting), int>();
        return [.. cells.Select(pair => pair.Outcome is { IsBatched: true, Failed: false } ? (pair.Cell, FillOne(pair.Cell, pair.Outcome)) : pair)];

        Outcome? FillOne(ProfileCell cell, Outcome outcome)
        {
            if (!models.TryGetValue((cell.Node, cell.Setting.Model), out var seconds))
            {
                return null;
            }

            // Under another budget a call takes other times only because it takes other tokens.
            var calls = settings.GetValueOrDefault((cell.Node, cell.Setting)) ?? [.. timed[(cell.Node, cell.Setting.Model)].Select(pair => pair.Outcome!)];
            var turn = turns[(cell.Node, cell.Setting)] = turns.GetValueOrDefault((cell.Node, cell.Setting)) + 1;
            return Like(calls[(turn - 1) % calls.Count], outcome, seconds);
        }
    }

    private static Outcome Like(Outcome timed, Outcome outcome, double secondsOfAToken)
    {
        var more = (Generated(outcome) - Generated(timed)) * secondsOfAToken * TimeSpan.TicksPerSecond;
        var least = timed.TimeToFirstToken is { } first && first < timed.Latency ? first : TimeSpan.Zero;
        var latency = TimeSpan.FromTicks((long)Math.Clamp(Math.Round(timed.Latency.Ticks + more), least.Ticks, MostTicks));
        return outcome with
        {
            Latency = latency,
            TimeToFirstToken = timed.TimeToFirstToken,
            EnergyJoules = timed.Latency > TimeSpan.Zero ? timed.EnergyJoules * (latency / timed.Latency) : timed.EnergyJoules,
        };
    }

    // Between the tokens of one call; the first token of the next call starts from the beginning again.
    private static double SecondsOfAToken(IEnumerable<Outcome> outcomes)
    {
        var (seconds, tokens) = (0.0, 0);
        foreach (var (last, next) in outcomes.SelectMany(outcome => outcome.TokenTimes.Zip(outcome.TokenTimes.Skip(1))))
        {
            if (next >= last)
            {
                seconds += (next - last).TotalSeconds;
                tokens++;
            }
        }

        return tokens == 0 ? 0 : seconds / tokens;
    }

    private static long Generated(Outcome outcome) => outcome.ThinkingTokens + outcome.OutputTokens;
}
