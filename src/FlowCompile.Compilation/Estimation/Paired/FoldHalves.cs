namespace FlowCompile.Compilation;

/// <summary>
/// How far what stays when a frontier is folded falls short of its accuracy on other cases, by choosing and folding on one half of the cases and looking at the
/// other half (cross-fitting of the whole choice, see <see cref="ChoiceHalves"/>): what stays is there because the cases put it ahead of what came before.
/// </summary>
internal sealed class FoldHalves
{
    private static readonly double s_tolerance = FoldPass.Tolerance * ChoiceBootstrap.Spread;

    private readonly ChoicePool _pool;
    private readonly Objectives _objectives;
    private readonly int[][] _groups; // those that spend alike, what spends least first
    private readonly double[] _gains; // by configuration, what choosing gains on half of the cases

    /// <summary>Prepares the halves.</summary>
    /// <param name="pool">What is chosen from; the frontier first.</param>
    /// <param name="gains">What choosing has gained on all cases, for each configuration of the frontier.</param>
    /// <param name="objectives">The objectives, accuracy among them.</param>
    public FoldHalves(ChoicePool pool, IReadOnlyList<double> gains, Objectives objectives)
    {
        (_pool, _objectives) = (pool, objectives);
        _groups =
        [
            .. Enumerable.Range(0, pool.Means.Length).GroupBy(i => SpendsOf(pool.Means[i])).OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];

        // What is not on the frontier spends as much, or a little more, as what would be chosen in its place.
        _gains = [.. pool.Means.Select(means => ChoiceBootstrap.Spread * Enumerable.Range(0, gains.Count)
            .Where(f => ChoicePool.IsWithin(pool.Means[f], means, objectives)).Select(f => (pool.Means[f].Accuracy, Gain: gains[f])).DefaultIfEmpty().Max().Gain)];
    }

    /// <summary>Chooses and folds in halves of the cases.</summary>
    /// <param name="kept">The places of the configurations asked for.</param>
    /// <param name="cases">How many cases there are.</param>
    /// <returns>
    /// For each what choosing and folding have gained on all cases: the mean over the halves in which something stays that spends no more, and was compared with
    /// what spends less, divided by the root of 2. Not a number where there is no such half.
    /// </returns>
    public double[] Gains(IReadOnlyList<int> kept, int cases)
    {
        var (sums, counts) = (new double[kept.Count], new int[kept.Count]);
        var means = new[] { new double[_pool.Means.Length], new double[_pool.Means.Length] };
        foreach (var weights in cases < 2 ? [] : CaseHalves.Of(cases))
        {
            CaseHalves.Means(_pool, weights, means);
            for (var half = 0; half < 2; half++)
            {
                var stays = Fold(means[half], weights[half], half == 0 ? cases / 2 : cases - (cases / 2));
                for (var p = 0; p < kept.Count; p++)
                {
                    if (Best(stays, means[half], kept[p]) is { IsCompared: true, Place: var q })
                    {
                        sums[p] += means[half][q] - means[1 - half][q];
                        counts[p]++;
                    }
                }
            }
        }

        return [.. sums.Zip(counts, (sum, count) => sum / count / ChoiceBootstrap.Spread)];
    }

    // As the pass does on all cases, with noise as much larger as it is on half of them.
    private List<(int Place, bool IsCompared)> Fold(double[] accuracy, double[] weights, int cases)
    {
        var front = new List<int>();
        var kept = new List<(int Place, bool IsCompared)>();
        foreach (var group in _groups)
        {
            var one = group.Length == 1 ? group[0] : group.MaxBy(i => accuracy[i]);
            if (IsCovered(front, accuracy, one))
            {
                continue;
            }

            front.Add(one);
            var best = Best(kept, accuracy, one);
            if (best is not { Place: var other } || FoldPass.Stays(Difference(one, other, accuracy, weights, cases), s_tolerance))
            {
                kept.Add((one, best is not null));
            }
        }

        return kept;
    }

    // The latest are the most accurate, as a rule.
    private bool IsCovered(List<int> front, double[] accuracy, int one)
    {
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (accuracy[front[i]] >= accuracy[one] && ChoicePool.IsWithin(_pool.Means[front[i]], _pool.Means[one], _objectives))
            {
                return true;
            }
        }

        return false;
    }

    private (int Place, bool IsCompared)? Best(List<(int Place, bool IsCompared)> kept, double[] accuracy, int one)
    {
        (int Place, bool IsCompared)? best = null;
        foreach (var other in kept)
        {
            if (ChoicePool.IsWithin(_pool.Means[other.Place], _pool.Means[one], _objectives)
                && (best is not { } most || accuracy[other.Place] - _gains[other.Place] > accuracy[most.Place] - _gains[most.Place]))
            {
                best = other;
            }
        }

        return best;
    }

    private AccuracyDifference Difference(int one, int other, double[] accuracy, double[] weights, int cases)
    {
        var (a, b) = (_pool.Accuracy[one], _pool.Accuracy[other]);
        var (raw, squares) = (accuracy[one] - accuracy[other], 0.0);
        for (var c = 0; c < weights.Length; c++)
        {
            squares += weights[c] * (a[c] - b[c]) * (a[c] - b[c]);
        }

        return AccuracyDifference.Of(raw - (_gains[one] - _gains[other]), Math.Sqrt(Math.Max(0, squares - (raw * raw)) / cases));
    }

    private (double Latency, double Cost, double Energy) SpendsOf(in CallValues means) => (
        _objectives.HasFlag(Objectives.Latency) ? means.Latency : 0,
        _objectives.HasFlag(Objectives.Cost) ? means.Cost : 0,
        _objectives.HasFlag(Objectives.Energy) ? means.Energy : 0);
}
