using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>A configuration as a plan file says it, not yet bound to a graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, where it has one.</param>
/// <param name="Position">Where it stands in the file.</param>
/// <param name="Counts">The nodes that run.</param>
/// <param name="Settings">The settings of the sub-agents that run.</param>
/// <param name="Accuracy">The expected score.</param>
/// <param name="RecordedAccuracy">The score on the recorded cases, where the expected one was corrected.</param>
/// <param name="LatencySeconds">The mean latency.</param>
/// <param name="Cost">The mean cost.</param>
/// <param name="EnergyJoules">The mean energy, where it was measured.</param>
/// <param name="LatencyP50Seconds">What half of the runs stay within, where that is known.</param>
/// <param name="LatencyP95Seconds">What 95 of 100 runs stay within, where that is known.</param>
/// <param name="RightLatencySeconds">Quantiles of what right runs take, where they are known; otherwise none.</param>
internal sealed record PlanConfiguration(
    string Id,
    string? Name,
    int Position,
    EquatableArray<PlanCount> Counts,
    EquatableArray<PlanSetting> Settings,
    double Accuracy,
    double? RecordedAccuracy,
    double LatencySeconds,
    double Cost,
    double? EnergyJoules,
    double? LatencyP50Seconds,
    double? LatencyP95Seconds,
    EquatableArray<double> RightLatencySeconds);
