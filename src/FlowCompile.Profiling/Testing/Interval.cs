namespace FlowCompile.Profiling.Testing;

/// <summary>An interval that holds a value with a stated confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    // The 95 % quantile of the normal distribution: 5 % lie beyond it on either side.
    private const double Z90 = 1.6448536269514722;

    /// <summary>
    /// Wilson's 90 % interval of a mean score. Exact scores of 0 and 1 are what it is made for; scores between vary less, and the
    /// interval is then wider than it need be.
    /// </summary>
    /// <param name="mean">The mean score, 0 to 1.</param>
    /// <param name="count">Of how many.</param>
    public static Interval Wilson90(double mean, int count)
    {
        if (count == 0)
        {
            return new Interval(0, 1);
        }

        var z2 = Z90 * Z90;
        var center = (mean + (z2 / (2 * count))) / (1 + (z2 / count));
        var half = Z90 / (1 + (z2 / count)) * Math.Sqrt((mean * (1 - mean) / count) + (z2 / (4.0 * count * count)));
        return new Interval(Math.Max(0, center - half), Math.Min(1, center + half));
    }

    /// <summary>Whether a value lies in it.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) => Low <= value && value <= High;
}
