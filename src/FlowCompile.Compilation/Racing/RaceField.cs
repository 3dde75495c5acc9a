namespace FlowCompile.Compilation;

/// <summary>The configurations of a race under many draws of the cases, and what is lost when settings go.</summary>
internal sealed class RaceField
{
    private const int Draws = 400;

    // Of two units that lose nothing, the one that saves more for each of its settings goes first.
    private const double LeastLoss = 1e-5;
    private readonly double _share;
    private readonly RaceVolumes[] _objectives;
    private readonly int[][] _configurationsOf;
    private readonly int[] _missing;
    private readonly HashSet<RaceSetting> _left;

    /// <summary>Draws the cases.</summary>
    /// <param name="pool">The configurations.</param>
    /// <param name="objectives">What the frontier trades off.</param>
    /// <param name="share">In which share of the draws a loss must be small.</param>
    /// <param name="supposed">How many supposed cases a draw has.</param>
    /// <param name="weight">How many recorded cases a supposed one weighs as much as.</param>
    public RaceField(RacePool pool, Objectives objectives, double share, int supposed, double weight)
    {
        _share = share;
        double[][] weights = [.. RaceWeights.Draw(pool.Cases, RacePool.SupposedCases, Draws, supposed, weight)];
        _objectives =
        [
            .. new (Objectives Objective, Func<RaceConfiguration, double[]> Spent)[]
            {
                (Objectives.Latency, one => one.Latency),
                (Objectives.Cost, one => Throughout(one, one.Means.Cost)),
                (Objectives.Energy, one => Throughout(one, one.Means.Energy)),
            }.Where(pair => objectives.HasFlag(pair.Objective)).Select(pair => new RaceVolumes(pool, weights, pair.Spent)),
        ];
        _configurationsOf = [.. pool.Settings.Select(one => Enumerable.Range(0, pool.Configurations.Count).Where(c => pool.Configurations[c].Settings.Contains(one.Place)).ToArray())];
        _missing = new int[pool.Configurations.Count];

        // One with too many failures is part of no configuration, and nothing is known of it.
        _left = [.. pool.Settings.Where(one => _configurationsOf[one.Place].Length > 0)];
    }

    /// <summary>What the average setting adds to the tokens that are decoded.</summary>
    public double AverageTokens => RaceTokens.Decoded(_left) / _left.Count;

    /// <summary>
    /// Removes settings as long as what is lost without all that are removed is small: again and again those that lose least for the tokens they
    /// save. Of every sub-agent one stays.
    /// </summary>
    /// <param name="most">The share of the hypervolume that may be lost.</param>
    /// <param name="leastTokens">What removing must save at least.</param>
    /// <returns>What was removed, in order, and what is lost without all of it.</returns>
    public (IReadOnlyList<RaceSetting> Removed, double Loss) Remove(double most, double leastTokens)
    {
        var (removed, lost) = (new List<RaceSetting>(), 0.0);
        var queue = new PriorityQueue<IReadOnlyList<RaceSetting>, double>();
        foreach (var unit in RaceTokens.Units(_left.OrderBy(one => one.Place)))
        {
            Enqueue(unit);
        }

        while (queue.TryDequeue(out var unit, out _))
        {
            unit = [.. unit.Where(_left.Contains)];
            if (Rate(unit) is not { } rate)
            {
                continue;
            }

            // Losses only grow as settings go, so a rate from before is seldom above what it is now: only where a larger budget has gone since, whose
            // decode this one shared.
            if (queue.TryPeek(out _, out var next) && rate.PerToken > next)
            {
                queue.Enqueue(unit, rate.PerToken);
                continue;
            }

            foreach (var one in unit)
            {
                Add(one, 1);
                _left.Remove(one);
                removed.Add(one);
            }

            lost = rate.Loss;
        }

        return (removed, lost);

        void Enqueue(IReadOnlyList<RaceSetting> unit)
        {
            if (Rate(unit) is { } rate)
            {
                queue.Enqueue(unit, rate.PerToken);
            }
        }

        (double PerToken, double Loss)? Rate(IReadOnlyList<RaceSetting> unit)
        {
            if (unit.Count == 0 || _left.Count(one => one.Node == unit[0].Node) == unit.Count)
            {
                return null;
            }

            var saved = SavedWithout(unit);
            return saved >= leastTokens && LossWithout(unit) is var loss && loss <= most ? ((loss + (LeastLoss * unit.Count)) / (saved + 1), loss) : null;
        }
    }

    /// <summary>The share of the hypervolume that is lost with the frontier of the recorded cases alone, of all configurations.</summary>
    public double LossOfFrontier() => _objectives.Max(one => Quantile(one.LossOfFrontier()));

    private static double[] Throughout(RaceConfiguration one, double value) => [.. Enumerable.Repeat(value, one.Latency.Length)];

    private double SavedWithout(IReadOnlyList<RaceSetting> unit)
    {
        var before = _left.Where(one => one.Node == unit[0].Node && one.Setting.Model == unit[0].Setting.Model).ToList();
        return RaceTokens.Decoded(before) - RaceTokens.Decoded(before.Except(unit));
    }

    private double LossWithout(IReadOnlyList<RaceSetting> unit)
    {
        foreach (var one in unit)
        {
            Add(one, 1);
        }

        var loss = _objectives.Max(one => Quantile(one.LossWithout(_missing)));
        foreach (var one in unit)
        {
            Add(one, -1);
        }

        return loss;
    }

    private void Add(RaceSetting setting, int count)
    {
        foreach (var c in _configurationsOf[setting.Place])
        {
            _missing[c] += count;
        }
    }

    private double Quantile(double[] losses)
    {
        Array.Sort(losses);
        return losses[(int)(_share * losses.Length)];
    }
}
