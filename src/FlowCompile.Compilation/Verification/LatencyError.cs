using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// How far composed latencies are from those of whole runs: a factor whose logarithm is normally distributed over configurations. What runs beside a call,
/// what happens between calls, and a machine that is slower now than then, all go into it.
/// </summary>
/// <remarks>
/// Of <c>n</c> configurations that were run, with <c>r</c> the logarithm of measured by composed mean latency on the same cases, <c>m</c> its mean and <c>s</c> its
/// standard deviation, that of another configuration lies within <c>m ± t s sqrt(1 + 1/n)</c> in 90 of 100 cases, <c>t</c> being the 95 % quantile of Student's
/// distribution with <c>n - 1</c> degrees of freedom (the prediction interval of normal observations). To this comes what the cases leave open: on the scale of
/// logarithms the distances of the ends of the bootstrap's interval, and the two are added as the root of their squares.
/// </remarks>
internal sealed class LatencyError
{
    private readonly double _mean;
    private readonly double _half;

    private LatencyError(double mean, double spread, int count) =>
        (_mean, Spread, Count, _half) = (mean, spread, count, StudentT.Quantile95(count - 1) * spread * Math.Sqrt(1 + (1.0 / count)));

    /// <summary>The geometric mean of measured by composed latency.</summary>
    public double Ratio => Math.Exp(_mean);

    /// <summary>The standard deviation of its logarithm.</summary>
    public double Spread { get; }

    /// <summary>Of how many configurations.</summary>
    public int Count { get; }

    /// <summary>The error that some configurations show.</summary>
    /// <param name="ratios">For each configuration measured by composed mean latency, above 0.</param>
    /// <returns>The error; <see langword="null"/> of fewer than two, of which there is no spread.</returns>
    public static LatencyError? Of(IReadOnlyList<double> ratios)
    {
        if (ratios.Count < 2)
        {
            return null;
        }

        var logarithms = ratios.Select(ratio => Math.Log(ratio)).ToList();
        var mean = logarithms.Average();
        return new LatencyError(mean, Math.Sqrt(logarithms.Sum(one => (one - mean) * (one - mean)) / (ratios.Count - 1)), ratios.Count);
    }

    /// <summary>An interval that allows for the error. The estimate stays in it.</summary>
    /// <param name="interval">The interval that the cases leave open; <see langword="null"/> stays <see langword="null"/>.</param>
    /// <param name="estimate">The latency that it is of.</param>
    public EstimateInterval? Widen(EstimateInterval? interval, double? estimate)
    {
        if (interval is not { Low: > 0 } one || estimate is not > 0)
        {
            return interval;
        }

        var center = Math.Log(estimate.Value);
        var below = Combined(center - Math.Log(one.Low));
        var above = Combined(Math.Log(one.High) - center);
        return new EstimateInterval(Math.Min(estimate.Value, Math.Exp(center + _mean - below)), Math.Max(estimate.Value, Math.Exp(center + _mean + above)));
    }

    private double Combined(double distance) => Math.Sqrt((Math.Max(0, distance) * Math.Max(0, distance)) + (_half * _half));
}
