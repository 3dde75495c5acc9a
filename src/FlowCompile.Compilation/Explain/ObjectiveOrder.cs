using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Which of two estimates is better in what a frontier trades off. What differs by less than a trillionth is equal, as on the frontier.</summary>
internal sealed class ObjectiveOrder(Objectives objectives)
{
    private const int Digits = 12;

    /// <summary>Whether an estimate is no worse than another in any objective.</summary>
    public bool Covers(Estimate one, Estimate other) => Values(one).Zip(Values(other)).All(pair => pair.First >= pair.Second);

    /// <summary>Whether an estimate is no worse than another in any objective but accuracy.</summary>
    public bool SpendsNoMore(Estimate one, Estimate other) => Covers(one with { Accuracy = 1, RecordedAccuracy = null }, other);

    /// <summary>Whether two estimates are equal in every objective.</summary>
    public bool AreEqual(Estimate one, Estimate other) => Values(one).SequenceEqual(Values(other));

    /// <summary>Whether a setting of a sub-agent is no worse than another in any objective, and better in one.</summary>
    public bool Dominates(SettingProfile one, SettingProfile other) =>
        Covers(Of(one), Of(other)) && !AreEqual(Of(one), Of(other));

    private static Estimate Of(SettingProfile row) => new() { Accuracy = row.Accuracy, LatencySeconds = row.LatencySeconds, Cost = row.Cost, EnergyJoules = row.EnergyJoules };

    // More is better in each.
    private IEnumerable<double> Values(Estimate estimate)
    {
        if (objectives.HasFlag(Objectives.Accuracy))
        {
            // What was corrected for the choice is compared as it was, as nobody chose the other.
            yield return Math.Round(estimate.RecordedAccuracy ?? estimate.Accuracy, Digits);
        }

        if (objectives.HasFlag(Objectives.Latency))
        {
            yield return -Math.Round(estimate.LatencySeconds, Digits);
        }

        if (objectives.HasFlag(Objectives.Cost))
        {
            yield return -Math.Round(estimate.Cost, Digits);
        }

        // Of what may be chosen it is known.
        if (objectives.HasFlag(Objectives.Energy))
        {
            yield return -Math.Round(estimate.EnergyJoules ?? double.PositiveInfinity, Digits);
        }
    }
}
