using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Estimates what is left as whole configurations, and keeps the frontier of that. Composing part by part rounds differently from
/// estimating the whole; what differs by less than a trillionth is equal here, and of equal configurations the simplest stays.
/// </summary>
internal sealed class KeepFrontierPass : ICompilePass
{
    public string Name => "keep frontier";

    public void Run(CompileState state)
    {
        var candidates = new List<WorkflowConfiguration>();
        var found = state.Paired is not null ? state.Candidates
            : state.Points.Select(point => new Candidate(point.Structure.Decomposed.Structure, point.Structure.SettingsOf(point.Point)));
        foreach (var (structure, settings) in found)
        {
            var bare = new WorkflowConfiguration("c", structure, settings);
            candidates.Add(new WorkflowConfiguration(bare.Id, bare.Structure, bare.Settings, state.Proxy.Estimate(bare)));
        }

        candidates = [.. candidates.OrderBy(one => one.Structure.Counts.Sum()).ThenBy(one => one.ToText(state.Graph), StringComparer.Ordinal)];
        List<FrontPoint> points = [.. candidates.Select((one, i) => PointOf(one.Estimate!, i, state.Options.Objectives))];
        var kept = ParetoFilter.Filter(points, quantities: 3);
        state.Configurations =
        [
            .. kept.Select(point => candidates[point.Left]).OrderBy(one => one.Estimate!.LatencySeconds).ThenByDescending(one => one.Estimate!.Accuracy)
                .ThenBy(one => one.Estimate!.Cost),
        ];
        state.Record(this, "", FormattableString.Invariant($"{kept.Length} of {candidates.Count} configurations stay"));
        if (state.Paired is { } paired)
        {
            var borrowed = kept.Average(point => paired.BorrowedShare(candidates[point.Left]));
            state.Record(this, "", FormattableString.Invariant(
                $"{borrowed:P0} of the outcomes they are composed of were not recorded on the case itself with such inputs, and are borrowed from cases like it"));
        }
    }

    /// <summary>A quantity of an estimate as it is compared: what differs by less than a trillionth differs by rounding alone, and is equal.</summary>
    /// <param name="quantity">An accuracy, seconds, a cost or joules.</param>
    public static double Rounded(double quantity) => Math.Round(quantity, 12);

    // What is no objective is the same for all.
    private static FrontPoint PointOf(Estimate estimate, int index, Objectives objectives) => new(
        objectives.HasFlag(Objectives.Accuracy) ? Rounded(estimate.Accuracy) : 0,
        objectives.HasFlag(Objectives.Latency) ? Rounded(estimate.LatencySeconds) : 0,
        objectives.HasFlag(Objectives.Cost) ? Rounded(estimate.Cost) : 0,
        objectives.HasFlag(Objectives.Energy) ? Rounded(estimate.EnergyJoules!.Value) : 0,
        index);
}
