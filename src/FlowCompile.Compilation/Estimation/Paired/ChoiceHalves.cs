namespace FlowCompile.Compilation;

/// <summary>
/// How far what is chosen for its accuracy falls short of it on other cases, by choosing on one half of the cases and looking at the other half (M. Stone,
/// Cross-validatory choice and assessment of statistical predictions, Journal of the Royal Statistical Society B 36, 1974). In each half every
/// configuration of a plan gives its place to the most accurate one of the pool that spends no more, any of several; what that one is more accurate there than
/// in the other half is what choosing gained.
/// </summary>
internal static class ChoiceHalves
{
    private const double Rounding = 1e-12;

    /// <summary>Chooses in halves of the cases.</summary>
    /// <param name="pool">What is chosen from; the configurations asked for come first.</param>
    /// <param name="count">How many are asked for.</param>
    /// <param name="cases">How many cases there are.</param>
    /// <param name="objectives">The objectives, accuracy among them.</param>
    /// <returns>
    /// For each what choosing has gained on all cases, 0 or more, and 0 exactly where nothing else was ever chosen. Choosing among equally good ones gains
    /// in proportion to the sampling error, which on half of the cases is the root of 2 times that on all: so the mean gain of the halves is divided by it.
    /// </returns>
    public static double[] Gains(ChoicePool pool, int count, int cases, Objectives objectives)
    {
        var within = Enumerable.Range(0, count).Select(p =>
            Enumerable.Range(0, pool.Means.Length).Where(i => ChoicePool.IsWithin(pool.Means[i], pool.Means[p], objectives)).ToArray()).ToArray();
        var gains = new double[count];
        if (cases < 2)
        {
            return gains;
        }

        var halves = new[] { new double[pool.Means.Length], new double[pool.Means.Length] };
        foreach (var weights in CaseHalves.Of(cases))
        {
            CaseHalves.Means(pool, weights, halves);
            for (var p = 0; p < count; p++)
            {
                for (var half = 0; half < 2; half++)
                {
                    gains[p] += GainOf(within[p], halves[half], halves[1 - half]);
                }
            }
        }

        return Array.ConvertAll(gains, sum => sum / (2 * CaseHalves.Splits) / ChoiceBootstrap.Spread is > Rounding and var gain ? gain : 0);
    }

    // Any of the most accurate ones may be chosen: few cases make many equal.
    private static double GainOf(int[] within, double[] here, double[] there)
    {
        var (most, sum, count) = (double.NegativeInfinity, 0.0, 0);
        foreach (var i in within)
        {
            if (here[i] > most + Rounding)
            {
                (most, sum, count) = (here[i], there[i], 1);
            }
            else if (here[i] >= most - Rounding)
            {
                (sum, count) = (sum + there[i], count + 1);
            }
        }

        return most - (sum / count);
    }
}
