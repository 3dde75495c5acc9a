namespace FlowCompile.Compilation;

/// <summary>What a sub-agent does under one setting: a row of a <see cref="ProfileTable"/>.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Accuracy">
/// The probability that one call is right, 0 to 1, given that its inputs are: of a selector, that it chooses right where a candidate is
/// right; of a repairer, that one attempt mends a wrong value.
/// </param>
/// <param name="LatencySeconds">The mean latency of a call in seconds, 0 or more.</param>
/// <param name="Cost">The mean cost of a call in the currency of the prices, 0 or more.</param>
/// <param name="Samples">How many measured calls the row is a mean of.</param>
public readonly record struct SettingProfile(Setting Setting, double Accuracy, double LatencySeconds, double Cost, int Samples)
{
    /// <summary>The mean energy of a call in joules, 0 or more; <see langword="null"/> where it was not measured.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>What 95 of 100 calls stay within, in seconds; <see langword="null"/> where only the mean is known.</summary>
    public double? LatencyP95Seconds { get; init; }

    /// <summary>The mean score over all inputs, right and wrong; <see langword="null"/> where it was not recorded.</summary>
    public double? MeanScore { get; init; }

    /// <summary>The mean number of generated tokens, thinking included; <see langword="null"/> where it was not recorded.</summary>
    public double? GeneratedTokens { get; init; }
}
