namespace FlowCompile.Profiling.Testing;

/// <summary>How well predictions agree with measurements.</summary>
public static class Fidelity
{
    /// <summary>Spearman's rank correlation; equal values share the mean of their ranks.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="measured">The measurements, in the same order.</param>
    /// <returns>-1 to 1; <see langword="null"/> where either side has fewer than two different values.</returns>
    public static double? Spearman(IReadOnlyList<double> predicted, IReadOnlyList<double> measured)
    {
        CheckPair(predicted, measured);
        var (x, y) = (Ranks(predicted), Ranks(measured));
        var middle = (x.Length + 1) / 2.0;
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - middle, y[i] - middle);
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return xx == 0 || yy == 0 ? null : xy / Math.Sqrt(xx * yy);
    }

    /// <summary>The share of pairs that predictions order as measurements do; a tie agrees with a tie only.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="measured">The measurements, in the same order.</param>
    /// <returns>0 to 1; <see langword="null"/> of fewer than two.</returns>
    public static double? PairwiseAgreement(IReadOnlyList<double> predicted, IReadOnlyList<double> measured)
    {
        CheckPair(predicted, measured);
        var (agreeing, pairs) = (0, 0);
        for (var i = 0; i < predicted.Count; i++)
        {
            for (var j = i + 1; j < predicted.Count; j++)
            {
                pairs++;
                agreeing += predicted[i].CompareTo(predicted[j]) == measured[i].CompareTo(measured[j]) ? 1 : 0;
            }
        }

        return pairs == 0 ? null : (double)agreeing / pairs;
    }

    /// <summary>The mean distance between prediction and measurement.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="measured">The measurements, in the same order.</param>
    /// <returns>0 or more; <see langword="null"/> of none.</returns>
    public static double? MeanAbsoluteError(IReadOnlyList<double> predicted, IReadOnlyList<double> measured)
    {
        CheckPair(predicted, measured);
        return predicted.Count == 0 ? null : predicted.Zip(measured, (p, m) => Math.Abs(p - m)).Average();
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]].Equals(values[order[start]]))
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    private static void CheckPair(IReadOnlyList<double> predicted, IReadOnlyList<double> measured)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(measured);
        if (predicted.Count != measured.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {predicted.Count} predictions and {measured.Count} measurements."), nameof(measured));
        }
    }
}
