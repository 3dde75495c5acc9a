namespace FlowCompile.Plans;

/// <summary>The 90 % interval of an estimated mean or percentile: what it could be on other cases of the same kind.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct EstimateInterval(double Low, double High)
{
    /// <summary>Whether a value lies in it, its ends included.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) => Low <= value && value <= High;
}
