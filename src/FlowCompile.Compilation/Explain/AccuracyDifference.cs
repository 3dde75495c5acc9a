namespace FlowCompile.Compilation;

/// <summary>
/// How much more accurate one configuration is than another on other cases than those measured: what choosing them has gained is taken off both.
/// </summary>
/// <param name="Mean">The expected difference, -1 to 1.</param>
/// <param name="Low">Where its 90 % interval begins.</param>
/// <param name="High">Where its 90 % interval ends.</param>
public sealed record AccuracyDifference(double Mean, double Low, double High)
{
    // Of a normal distribution 5 % lie beyond so many standard errors.
    private const double Tail = 1.6448536269514722;

    /// <summary>Whether the first is really more accurate: with a probability of 95 %, as the interval is above 0. Otherwise it may be by noise only.</summary>
    public bool IsToldApart => Low > 0;

    /// <summary>
    /// What is left of the mean once its own noise is allowed for, -1 to 1: with the standard error s that the interval shows, the mean d becomes d - s^2 / d, and 0
    /// where d is below s. It is the expected difference where differences are normal with a variance that is told by this one (empirical Bayes:
    /// B. Efron, C. Morris, Journal of the American Statistical Association 68, 1973).
    /// </summary>
    public double Expected
    {
        get
        {
            var error = (High - Low) / (2 * Tail);
            return Math.Abs(Mean) <= error ? 0 : Mean - (error * error / Mean);
        }
    }

    /// <summary>A difference with a standard error, taken for normal.</summary>
    /// <param name="mean">The expected difference, -1 to 1.</param>
    /// <param name="error">Its standard error, 0 or more.</param>
    internal static AccuracyDifference Of(double mean, double error) => new(mean, mean - (Tail * error), mean + (Tail * error));

    /// <summary>The same with another mean, and its interval as wide about that.</summary>
    /// <param name="mean">The expected difference, -1 to 1.</param>
    internal AccuracyDifference With(double mean) => new(mean, Low + (mean - Mean), High + (mean - Mean));
}
