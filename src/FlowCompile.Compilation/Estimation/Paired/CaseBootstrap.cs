using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// 90 % intervals of means over cases, by drawing as many cases with replacement again and again (the percentile bootstrap: B. Efron,
/// R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). The draws are the same for every configuration and every time.
/// </summary>
internal sealed class CaseBootstrap
{
    private const int Resamples = 1000;
    private const int Seed = 20260101;
    private const int Tail = Resamples / 20;
    private readonly int _cases;
    private readonly double[][] _weights;

    /// <summary>Draws the cases.</summary>
    /// <param name="cases">How many there are.</param>
    public CaseBootstrap(int cases)
    {
        _cases = cases;
        var random = new Random(Seed);
        _weights = new double[Resamples][];
        for (var r = 0; r < Resamples; r++)
        {
            _weights[r] = new double[OutcomeVectors.Width(cases)];
            for (var i = 0; i < cases; i++)
            {
                _weights[r][random.Next(cases)] += 1.0 / cases;
            }
        }
    }

    /// <summary>For each resample the weight of every case.</summary>
    public IReadOnlyList<double[]> Weights => _weights;

    /// <summary>The interval of a mean.</summary>
    /// <param name="values">A value for each case, padded with 0.</param>
    public EstimateInterval Of(ReadOnlySpan<double> values)
    {
        var means = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            means[r] = VectorMath.Dot(_weights[r], values);
        }

        Array.Sort(means);
        return new EstimateInterval(means[Tail], means[^(Tail + 1)]);
    }

    /// <summary>
    /// The interval of a mean score. Where all cases agree that it is 0 or 1, no resample shows that others could not: then the end that is
    /// open is the score with which so many cases agree in 5 of 100 draws.
    /// </summary>
    /// <param name="values">A score for each case, padded with 0.</param>
    public EstimateInterval OfScore(ReadOnlySpan<double> values)
    {
        var interval = Of(values);
        var open = 1 - Math.Pow(0.05, 1.0 / _cases);
        return interval is { Low: <= 0, High: <= 0 } ? new EstimateInterval(0, open)
            : interval.Low >= 1 - 1e-12 ? new EstimateInterval(1 - open, 1)
            : new EstimateInterval(Math.Clamp(interval.Low, 0, 1), Math.Clamp(interval.High, 0, 1));
    }
}
