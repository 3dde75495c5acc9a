using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>How much better a configuration of the frontier is than another. Gains are 0 or more in what the frontier trades off.</summary>
/// <param name="By">The better configuration.</param>
/// <param name="AccuracyGain">How much more accurate it is on the recorded cases, 1 being all.</param>
/// <param name="SecondsSaved">How many seconds faster.</param>
/// <param name="CostSaved">How much cheaper.</param>
/// <param name="JoulesSaved">How many joules it saves; <see langword="null"/> where energy was not measured.</param>
public sealed record Domination(WorkflowConfiguration By, double AccuracyGain, double SecondsSaved, double CostSaved, double? JoulesSaved)
{
    /// <summary>How much more accurate it is on other cases, what choosing it has gained taken off; <see langword="null"/> where the proxy knows no single cases.</summary>
    public AccuracyDifference? Difference { get; init; }

    /// <summary>
    /// Whether it is better by noise only: it is more accurate on the recorded cases, and cannot be told apart from the other. What it saves is no matter of this.
    /// </summary>
    public bool IsMoreAccurateByNoiseOnly => AccuracyGain > 0 && Difference is { IsToldApart: false };

    internal static Domination Of(WorkflowConfiguration better, Estimate worse) => new(
        better,
        (better.Estimate!.RecordedAccuracy ?? better.Estimate.Accuracy) - (worse.RecordedAccuracy ?? worse.Accuracy),
        worse.LatencySeconds - better.Estimate.LatencySeconds,
        worse.Cost - better.Estimate.Cost,
        worse.EnergyJoules - better.Estimate.EnergyJoules);
}
