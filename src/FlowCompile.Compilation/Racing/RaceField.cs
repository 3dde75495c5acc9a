namespace FlowCompile.Compilation;

/// <summary>The configurations of a race under many draws of the cases, and what is lost when settings go.</summary>
internal sealed class RaceField
{
    private const int Draws = 200;
    private readonly RacePool _pool;
    private readonly double _confidence;
    private readonly RaceVolumes[] _objectives;
    private readonly int[][] _configurationsOf;
    private readonly int[] _missing;
    private readonly HashSet<RaceSetting> _removed = [];

    /// <summary>Draws the cases.</summary>
    /// <param name="pool">The configurations.</param>
    /// <param name="objectives">What the frontier trades off.</param>
    /// <param name="confidence">In which share of the draws a loss must be small.</param>
    public RaceField(RacePool pool, Objectives objectives, double confidence)
    {
        _pool = pool;
        _confidence = confidence;
        double[][] weights = [.. RaceWeights.Draw(pool.Cases, RacePool.SupposedCases, Draws)];
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
    }

    /// <summary>The settings, those first that lose least for the tokens they take.</summary>
    public IReadOnlyList<RaceSetting> InOrder() =>
    [
        .. InPlay.Select(one => (Setting: one, Loss: LossWithout(one))).OrderBy(pair => pair.Loss / (pair.Setting.Tokens + 1))
            .ThenByDescending(pair => pair.Setting.Tokens).ThenBy(pair => pair.Setting.Place).Select(pair => pair.Setting),
    ];

    /// <summary>Whether a setting takes little of what measuring takes: less than half of what the average one does.</summary>
    /// <param name="setting">The setting.</param>
    public bool IsCheap(RaceSetting setting) => setting.Tokens < _pool.Settings.Average(one => one.Tokens) / 2;

    /// <summary>Whether all other settings of its sub-agent have been removed.</summary>
    /// <param name="setting">The setting.</param>
    public bool IsLast(RaceSetting setting) => InPlay.Count(one => one.Node == setting.Node && !_removed.Contains(one)) == 1;

    /// <summary>Removes a setting if what is lost without it, and without those that were removed before, is small.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="most">The share of the hypervolume that may be lost.</param>
    /// <returns>What is lost, or <see langword="null"/> where the setting stays.</returns>
    public double? TryRemove(RaceSetting setting, double most)
    {
        Add(setting, 1);
        var loss = Loss();
        if (loss <= most)
        {
            _removed.Add(setting);
            return loss;
        }

        Add(setting, -1);
        return null;
    }

    // One with too many failures is part of no configuration, and nothing is known of it.
    private IEnumerable<RaceSetting> InPlay => _pool.Settings.Where(one => _configurationsOf[one.Place].Length > 0);

    private static double[] Throughout(RaceConfiguration one, double value) => [.. Enumerable.Repeat(value, one.Latency.Length)];

    private double LossWithout(RaceSetting setting)
    {
        Add(setting, 1);
        var loss = Loss();
        Add(setting, -1);
        return loss;
    }

    private double Loss() => _objectives.Max(one => Quantile(one.LossWithout(_missing)));

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
        return losses[(int)(_confidence * losses.Length)];
    }
}
