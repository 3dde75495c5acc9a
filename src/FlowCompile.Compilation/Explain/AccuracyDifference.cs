namespace FlowCompile.Compilation;

/// <summary>
/// How much more accurate one configuration is than another on other cases than those measured: what choosing them has gained is taken off both.
/// </summary>
/// <param name="Mean">The expected difference, -1 to 1.</param>
/// <param name="Low">Where its 90 % interval begins.</param>
/// <param name="High">Where its 90 % interval ends.</param>
public sealed record AccuracyDifference(double Mean, double Low, double High)
{
    /// <summary>Whether the first is really more accurate: with a probability of 95 %, as the interval is above 0. Otherwise it may be by noise only.</summary>
    public bool IsToldApart => Low > 0;
}
