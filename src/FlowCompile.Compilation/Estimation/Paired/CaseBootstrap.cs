using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// 90 % intervals of means and percentiles over cases, by drawing as many cases with replacement again and again (the percentile bootstrap: B. Efron,
/// R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Latencies are drawn in blocks of cases that were measured one after
/// another (H. R. Künsch, Annals of Statistics 17, 1989), because a machine that is slow is slow for a while. The draws are the same for
/// every configuration and every time.
/// </summary>
internal sealed class CaseBootstrap
{
    private const int Resamples = 1000;
    private const int Seed = 20260101;
    private const int Tail = Resamples / 20;
    private const int MaxBlock = 10;
    private const int MinBlocks = 20;
    private const double Rounding = 1e-9;
    private readonly int _cases;
    private readonly double[][] _weights;
    private readonly double[][] _blockWeights;

    /// <summary>Draws the cases.</summary>
    /// <param name="cases">How many there are.</param>
    public CaseBootstrap(int cases)
    {
        _cases = cases;
        _weights = Draw(cases, block: 1);
        var block = Math.Clamp(cases / MinBlocks, 1, MaxBlock);
        _blockWeights = block == 1 ? _weights : Draw(cases, block);
    }

    /// <summary>For each resample the weight of every case.</summary>
    public IReadOnlyList<double[]> Weights => _weights;

    /// <summary>The same where cases are drawn in blocks.</summary>
    public IReadOnlyList<double[]> BlockWeights => _blockWeights;

    /// <summary>The interval of a mean cost, or energy.</summary>
    /// <param name="values">What each case comes to in the order measured, padded with 0.</param>
    /// <param name="mean">The mean that the interval is of: cases with more calls may have counted more in it.</param>
    /// <param name="inBlocks">Whether what is measured one after another is alike, as for latencies.</param>
    public EstimateInterval OfAmount(ReadOnlySpan<double> values, double mean, bool inBlocks)
    {
        var interval = Of(inBlocks ? _blockWeights : _weights, values);
        var shift = mean - (VectorMath.Sum(values) / _cases);
        return new EstimateInterval(Math.Max(0, interval.Low + shift), Math.Max(0, interval.High + shift));
    }

    /// <summary>The intervals of percentiles of latencies.</summary>
    /// <param name="sorted">All latencies, shortest first, as many of each case.</param>
    /// <param name="caseOf">The case of each.</param>
    /// <param name="percents">The percentiles, ascending.</param>
    public EstimateInterval[] OfPercentiles(double[] sorted, int[] caseOf, params int[] percents)
    {
        var found = Array.ConvertAll(percents, _ => new double[Resamples]);
        var share = (double)_cases / sorted.Length;
        for (var r = 0; r < Resamples; r++)
        {
            // From the longest on: what is beyond a percentile is less than the rest.
            var weights = _blockWeights[r];
            var (beyond, k) = (0.0, sorted.Length - 1);
            for (var p = percents.Length - 1; p >= 0; p--)
            {
                var most = 1 - (percents[p] / 100.0) + Rounding;
                for (var next = beyond + (share * weights[caseOf[k]]); k > 0 && next <= most; next += share * weights[caseOf[k]])
                {
                    (beyond, k) = (next, k - 1);
                }

                found[p][r] = sorted[k];
            }
        }

        return Array.ConvertAll(found, IntervalOf);
    }

    /// <summary>The interval of a mean latency.</summary>
    /// <param name="values">A latency for each case in the order measured, padded with 0.</param>
    public EstimateInterval OfLatency(ReadOnlySpan<double> values) => Of(_blockWeights, values);

    /// <summary>
    /// The interval of a mean score. Where all cases agree that it is 0 or 1, no resample shows that others could not: then the end that is
    /// open is the score with which so many cases agree in 5 of 100 draws.
    /// </summary>
    /// <param name="values">A score for each case, padded with 0.</param>
    public EstimateInterval OfScore(ReadOnlySpan<double> values)
    {
        var interval = Of(_weights, values);
        var open = 1 - Math.Pow(0.05, 1.0 / _cases);
        return interval is { Low: <= 1e-12, High: <= 1e-12 } ? new EstimateInterval(0, open)
            : interval.Low >= 1 - 1e-12 ? new EstimateInterval(1 - open, 1)
            : new EstimateInterval(Math.Clamp(interval.Low, 0, 1), Math.Clamp(interval.High, 0, 1));
    }

    private static EstimateInterval Of(double[][] weights, ReadOnlySpan<double> values)
    {
        var means = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            means[r] = VectorMath.Dot(weights[r], values);
        }

        return IntervalOf(means);
    }

    private static EstimateInterval IntervalOf(double[] resampled)
    {
        Array.Sort(resampled);
        return new EstimateInterval(resampled[Tail], resampled[^(Tail + 1)]);
    }

    // Blocks go on from the last case to the first, so that every case is drawn as often as any other.
    private static double[][] Draw(int cases, int block)
    {
        var random = new Random(Seed);
        var weights = new double[Resamples][];
        for (var r = 0; r < Resamples; r++)
        {
            weights[r] = new double[OutcomeVectors.Width(cases)];
            for (var drawn = 0; drawn < cases;)
            {
                var start = random.Next(cases);
                for (var i = 0; i < block && drawn < cases; i++, drawn++)
                {
                    weights[r][(start + i) % cases] += 1.0 / cases;
                }
            }
        }

        return weights;
    }
}
