namespace FlowCompile.Compilation;

/// <summary>How many of a few calls are right, from more recorded ones on the same inputs.</summary>
internal static class SubsetDraws
{
    /// <summary>
    /// The distribution of how many are right among <paramref name="count"/> of the recorded calls, every choice of different ones equally
    /// likely: without bias, where <c>p^n</c> of a measured <c>p</c> has one. With scores of 0 and 1 it is the hypergeometric distribution.
    /// With fewer recorded than wanted, calls are drawn with replacement.
    /// </summary>
    /// <param name="scores">The probability of each recorded call to be right.</param>
    /// <param name="count">How many calls there will be.</param>
    /// <returns>The probability of 0, 1, ... right ones.</returns>
    public static double[] Distribution(IReadOnlyList<double> scores, int count)
    {
        if (scores.Count < count)
        {
            return Binomial(scores.Average(), count);
        }

        // sums[j, k]: over the choices of j calls, the sum of the probabilities that k of them are right.
        var sums = new double[count + 1, count + 1];
        sums[0, 0] = 1;
        foreach (var score in scores)
        {
            for (var j = count; j > 0; j--)
            {
                for (var k = j; k >= 0; k--)
                {
                    sums[j, k] += (sums[j - 1, k] * (1 - score)) + (k > 0 ? sums[j - 1, k - 1] * score : 0);
                }
            }
        }

        var choices = 0.0;
        for (var k = 0; k <= count; k++)
        {
            choices += sums[count, k];
        }

        return [.. Enumerable.Range(0, count + 1).Select(k => sums[count, k] / choices)];
    }

    /// <summary>The distribution of how many of independent calls are right.</summary>
    public static double[] Binomial(double p, int count)
    {
        double[] distribution = [1, .. new double[count]];
        for (var n = 1; n <= count; n++)
        {
            for (var k = n; k >= 0; k--)
            {
                distribution[k] = (distribution[k] * (1 - p)) + (k > 0 ? distribution[k - 1] * p : 0);
            }
        }

        return distribution;
    }
}
