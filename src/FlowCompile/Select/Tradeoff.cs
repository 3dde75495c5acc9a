namespace FlowCompile;

/// <summary>
/// What of some configurations a preference between accuracy and latency can choose: those that no other is as fast and as accurate as, from
/// the fastest on, and for choosing by weight their upper hull with the weight at which each point takes over.
/// </summary>
internal sealed class Tradeoff
{
    private readonly PlanColumns _columns;
    private readonly int[] _staircase;
    private readonly int[] _hull;
    private readonly SortedValues _takesOver; // _hull[i + 1] is better than _hull[i] from this weight on
    private readonly SortedValues _overtakes; // from this weight on the greater regret of _staircase[i + 1] is less than that of _staircase[i]

    /// <summary>Finds the choices among some configurations, of which there is at least one.</summary>
    /// <param name="columns">The plan's estimates.</param>
    /// <param name="configurations">The configurations, fastest first.</param>
    public Tradeoff(PlanColumns columns, IEnumerable<int> configurations)
    {
        _columns = columns;
        _staircase = Staircase(columns, configurations);
        (_hull, _takesOver) = UpperHull();
        _overtakes = RegretsCross();
    }

    /// <summary>The best by the weighted sum.</summary>
    public int ByWeight(double weight) => _hull[_takesOver.CountAtMost(weight)];

    /// <summary>The best by the greater regret.</summary>
    public int ByRegret(double weight) => _staircase[_overtakes.CountAtMost(weight)];

    private static int[] Staircase(PlanColumns columns, IEnumerable<int> configurations)
    {
        var steps = new List<int>();
        foreach (var one in configurations)
        {
            if (steps.Count > 0 && columns.Accuracy[one] <= columns.Accuracy[steps[^1]])
            {
                continue; // slower and no more accurate
            }

            if (steps.Count > 0 && columns.Latency[one] == columns.Latency[steps[^1]])
            {
                steps.RemoveAt(steps.Count - 1); // as fast and more accurate
            }

            steps.Add(one);
        }

        return [.. steps];
    }

    private (int[] Hull, SortedValues TakesOver) UpperHull()
    {
        var hull = new List<int>();
        foreach (var one in _staircase)
        {
            while (hull.Count > 1 && TakesOver(hull[^2], one) <= TakesOver(hull[^2], hull[^1]))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(one);
        }

        var weights = new double[hull.Count - 1];
        for (var i = 0; i < weights.Length; i++)
        {
            // Of points on one line, rounding can say that a later one takes over earlier.
            weights[i] = Math.Max(i == 0 ? 0 : weights[i - 1], TakesOver(hull[i], hull[i + 1]));
        }

        return ([.. hull], new SortedValues(weights));
    }

    // Along the staircase one is ever less wrong and ever slower. Of two neighbours the second is better once the first is more wrong than the
    // second is slow; the sum that breaks ties moves that point a little.
    private SortedValues RegretsCross()
    {
        var weights = new double[_staircase.Length - 1];
        for (var i = 0; i < weights.Length; i++)
        {
            var ((wrong, slow), (nextWrong, nextSlow)) = (RegretsOf(_staircase[i]), RegretsOf(_staircase[i + 1]));
            var crosses = (nextSlow + (PlanColumns.TieBreak * (nextSlow - slow)))
                / (wrong + nextSlow + (PlanColumns.TieBreak * (wrong - nextWrong + nextSlow - slow)));
            weights[i] = Math.Max(i == 0 ? 0 : weights[i - 1], crosses);
        }

        return new SortedValues(weights);
    }

    private (double Wrong, double Slow) RegretsOf(int one) => (
        (_columns.BestAccuracy - _columns.Accuracy[one]) * _columns.AccuracyScale,
        (_columns.Latency[one] - _columns.LeastLatency) * _columns.LatencyScale);

    /// <summary>The weight from which the slower and more accurate of two points is preferred.</summary>
    private double TakesOver(int fast, int accurate)
    {
        var slower = (_columns.Latency[accurate] - _columns.Latency[fast]) * _columns.LatencyScale;
        var better = (_columns.Accuracy[accurate] - _columns.Accuracy[fast]) * _columns.AccuracyScale;
        return slower / (slower + better);
    }
}
