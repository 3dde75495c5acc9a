using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Makes one point of configurations that cannot be told apart: (.98, 6 ms), (.981, 7 ms), (.99, 9 ms) on few cases => (.98, 6 ms). It goes from what spends
/// least on: a configuration stays where it is really more accurate than the most accurate one kept so far that spends no more, or is expected to be so by more
/// than <see cref="Tolerance"/>. What spends least always stays; what is most accurate stands for itself, or one that it cannot be told apart from does.
/// </summary>
internal sealed class FoldPass : ICompilePass
{
    /// <summary>How much more accurate a configuration is expected to be that stays although it cannot be told apart.</summary>
    public const double Tolerance = 0.02;

    public string Name => "fold what cannot be told apart";

    public void Run(CompileState state)
    {
        if (state.Differences is not { } differences)
        {
            return;
        }

        var isSingle = state.Singles.ToHashSet();
        var (kept, folded) = (new List<WorkflowConfiguration>(), new List<(WorkflowConfiguration One, WorkflowConfiguration Into, AccuracyDifference Difference)>());
        foreach (var one in Ordered([.. state.Configurations, .. state.Singles], state.Options.Objectives))
        {
            var best = kept.Where(other => SpendsNoMore(other, one, state.Options.Objectives)).MaxBy(other => other.Estimate!.Accuracy);
            if (best is null || (state.Options.KeepAll && (!isSingle.Contains(one) || one.Estimate!.Accuracy > best.Estimate!.Accuracy)))
            {
                kept.Add(one);
                continue;
            }

            var difference = differences.Between(one, best);
            if (difference.IsToldApart || difference.Mean > Tolerance)
            {
                kept.Add(one);
            }
            else if (!isSingle.Contains(one))
            {
                folded.Add((one, best, difference));
            }
        }

        state.Configurations =
        [
            .. kept.OrderBy(one => one.Estimate!.LatencySeconds).ThenByDescending(one => one.Estimate!.Accuracy).ThenBy(one => one.Estimate!.Cost),
        ];
        state.Folded = [.. folded.Select(pair => (pair.One, Into: state.Configurations.ToList().IndexOf(pair.Into), pair.Difference))];
        state.Record(this, "", state.Options.KeepAll
            ? FormattableString.Invariant($"all are kept: {kept.Count}")
            : FormattableString.Invariant($"{kept.Count} can be told apart and stay, {folded.Count} are folded into those that spend no more"));
    }

    // What could stand for a configuration comes before it.
    private static IEnumerable<WorkflowConfiguration> Ordered(IReadOnlyList<WorkflowConfiguration> all, Objectives objectives) => all
        .OrderBy(one => objectives.HasFlag(Objectives.Latency) ? one.Estimate!.LatencySeconds : 0)
        .ThenBy(one => objectives.HasFlag(Objectives.Cost) ? one.Estimate!.Cost : 0)
        .ThenBy(one => objectives.HasFlag(Objectives.Energy) ? one.Estimate!.EnergyJoules : 0)
        .ThenByDescending(one => one.Estimate!.Accuracy);

    private static bool SpendsNoMore(WorkflowConfiguration one, WorkflowConfiguration other, Objectives objectives) =>
        (!objectives.HasFlag(Objectives.Latency) || one.Estimate!.LatencySeconds <= other.Estimate!.LatencySeconds)
        && (!objectives.HasFlag(Objectives.Cost) || one.Estimate!.Cost <= other.Estimate!.Cost)
        && (!objectives.HasFlag(Objectives.Energy) || one.Estimate!.EnergyJoules <= other.Estimate!.EnergyJoules);
}
