using System.Globalization;

namespace FlowCompile;

/// <summary>A cell of a plan that no longer holds.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Measure">What drifted.</param>
/// <param name="Planned">The mean that the plan has: seconds, tokens, or a score from 0 to 1.</param>
/// <param name="Live">The mean of the calls since the drift seems to have begun.</param>
/// <param name="Calls">How many calls these are.</param>
public sealed record CellDrift(string Workflow, string Node, Setting Setting, DriftMeasure Measure, double Planned, double Live, int Calls)
{
    /// <summary>The drift in one line: <c>'Select' under mini@16: the latency is 0.31 s over 40 calls, and was planned as 0.12 s</c>.</summary>
    public override string ToString()
    {
        var (what, unit) = Measure switch
        {
            DriftMeasure.Latency => ("latency is", " s"),
            DriftMeasure.Tokens => ("number of tokens is", ""),
            _ => ("accuracy is", ""),
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"'{Node}' under {Setting}: the {what} {Live:0.###}{unit} over {Calls} calls, and was planned as {Planned:0.###}{unit}");
    }
}
