using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Makes one point of configurations that cannot be told apart: (.98, 6 ms), (.981, 7 ms), (.99, 9 ms) on few cases => (.98, 6 ms). It goes from what spends
/// least on: a configuration stays where it is really more accurate than the most accurate one kept so far that spends no more, or is expected to be so by more
/// than <see cref="Tolerance"/>, its noise allowed for. What spends least always stays; what is most accurate stands for itself, or one that it cannot be told apart
/// from does. Then the accuracies of what stays are corrected for that choice too.
/// </summary>
internal sealed class FoldPass : ICompilePass
{
    /// <summary>How much more accurate a configuration is expected to be that stays although it cannot be told apart.</summary>
    public const double Tolerance = 0.02;

    public string Name => "fold what cannot be told apart";

    /// <summary>Whether a configuration stays beside the most accurate one that spends no more.</summary>
    /// <param name="difference">How much more accurate it is.</param>
    /// <param name="tolerance">How much more accurate it is expected to be, its noise allowed for, where it stays although it cannot be told apart.</param>
    public static bool Stays(AccuracyDifference difference, double tolerance = Tolerance) => difference.IsToldApart || difference.Expected > tolerance;

    public void Run(CompileState state)
    {
        if (state.Differences is not { } differences)
        {
            return;
        }

        var isSingle = state.Singles.ToHashSet();
        var (kept, folded) = (new List<WorkflowConfiguration>(), new List<(WorkflowConfiguration One, WorkflowConfiguration Into, AccuracyDifference Difference)>());
        var leads = new Dictionary<WorkflowConfiguration, double>(ReferenceEqualityComparer.Instance);
        foreach (var one in Ordered([.. state.Configurations, .. state.Singles], state.Options.Objectives))
        {
            var best = kept.Where(other => SpendsNoMore(other, one, state.Options.Objectives)).MaxBy(other => other.Estimate!.Accuracy);
            if (best is null || (state.Options.KeepAll && (!isSingle.Contains(one) || one.Estimate!.Accuracy > best.Estimate!.Accuracy)))
            {
                kept.Add(one);
                continue;
            }

            var difference = differences.Between(one, best);
            if (Stays(difference))
            {
                kept.Add(one);
                leads.Add(one, difference.Mean);
            }
            else if (!isSingle.Contains(one))
            {
                folded.Add((one, best, difference));
            }
        }

        var (corrected, gain) = Corrected(state, leads);
        WorkflowConfiguration Now(WorkflowConfiguration one) => corrected.GetValueOrDefault(one, one);
        var plan = kept.Select(Now).OrderBy(one => one.Estimate!.LatencySeconds).ThenByDescending(one => one.Estimate!.Accuracy).ThenBy(one => one.Estimate!.Cost).ToList();
        state.Configurations = plan;
        state.Folded = [.. folded.Select(pair => (pair.One, Into: plan.IndexOf(Now(pair.Into)), pair.Difference))];
        state.Record(this, "", state.Options.KeepAll
            ? FormattableString.Invariant($"all are kept: {kept.Count}")
            : FormattableString.Invariant($"{kept.Count} can be told apart and stay, {folded.Count} are folded into those that spend no more; staying has gained up to {gain:0.####}, and is corrected"));
    }

    /// <summary>
    /// Corrects what stays beside others: it was chosen for being ahead of them. At least what choosing alone has gained is taken off, and at most half of the
    /// lead besides, so that it stays ahead. A single sub-agent that is not of the frontier was chosen among few.
    /// </summary>
    private static (Dictionary<WorkflowConfiguration, WorkflowConfiguration> Corrected, double Gain) Corrected(CompileState state, Dictionary<WorkflowConfiguration, double> leads)
    {
        var corrected = new Dictionary<WorkflowConfiguration, WorkflowConfiguration>(ReferenceEqualityComparer.Instance);
        int[] places = [.. Enumerable.Range(0, state.Configurations.Count).Where(i => leads.ContainsKey(state.Configurations[i]))];
        if (state.Options.KeepAll || places.Length == 0)
        {
            return (corrected, 0);
        }

        var most = 0.0;
        var gains = new FoldHalves(state.Pool!, state.Gains, state.Options.Objectives).Gains(places, state.Paired!.Recorded.Cases);
        foreach (var (i, place) in places.Index())
        {
            var (one, chosen) = (state.Configurations[place], state.Gains[place]);
            var more = double.IsNaN(gains[i]) ? 0 : Math.Clamp(gains[i] - chosen, 0, leads[one] / 2);
            var (estimate, accuracy) = (one.Estimate!, Math.Max(0, one.Estimate!.Accuracy - more));
            most = Math.Max(most, more);
            corrected.Add(one, new WorkflowConfiguration(one.Id, one.Structure, one.Settings, estimate with
            {
                Accuracy = accuracy,
                AccuracyInterval = estimate.AccuracyInterval!.Value with { Low = Math.Min(accuracy, estimate.AccuracyInterval.Value.Low) },
            }));
        }

        return (corrected, most);
    }

    /// <summary>Configurations in an order in which what could stand for one comes before it.</summary>
    public static IEnumerable<WorkflowConfiguration> Ordered(IReadOnlyList<WorkflowConfiguration> all, Objectives objectives) => all
        .OrderBy(one => Spent(one, objectives))
        .ThenByDescending(one => one.Estimate!.Accuracy);

    /// <summary>Whether a configuration spends no more than another in any of the objectives but accuracy.</summary>
    public static bool SpendsNoMore(WorkflowConfiguration one, WorkflowConfiguration other, Objectives objectives)
    {
        var (own, others) = (Spent(one, objectives), Spent(other, objectives));
        return own.Latency <= others.Latency && own.Cost <= others.Cost && own.Energy <= others.Energy;
    }

    // What is no objective is the same for all.
    private static (double Latency, double Cost, double Energy) Spent(WorkflowConfiguration one, Objectives objectives) => (
        objectives.HasFlag(Objectives.Latency) ? KeepFrontierPass.Rounded(one.Estimate!.LatencySeconds) : 0,
        objectives.HasFlag(Objectives.Cost) ? KeepFrontierPass.Rounded(one.Estimate!.Cost) : 0,
        objectives.HasFlag(Objectives.Energy) ? KeepFrontierPass.Rounded(one.Estimate!.EnergyJoules!.Value) : 0);
}
