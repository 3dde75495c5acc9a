using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// What a plan was chosen from, as far as other cases could have chosen otherwise: its own configurations, and of those looked at the ones that
/// fall least short of them.
/// </summary>
/// <param name="Accuracy">For each what more of every case changes in its accuracy, added to its mean; the plan's come first.</param>
/// <param name="Latency">For each its latency on every case, in seconds.</param>
/// <param name="Means">For each its means.</param>
internal sealed record ChoicePool(double[][] Accuracy, double[][] Latency, CallValues[] Means)
{
    private const int MaxOthers = 2000;
    private const long MaxWork = 1L << 30;

    /// <summary>Gathers the pool.</summary>
    /// <param name="plan">The configurations of the plan.</param>
    /// <param name="looked">All that were looked at.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ChoicePool Of(
        IReadOnlyList<WorkflowConfiguration> plan, IReadOnlyList<CandidateEntry> looked, PairedProxy proxy, Objectives objectives, CancellationToken cancellationToken)
    {
        var front = Array.ConvertAll([.. plan], one => ValuesOf(one.Estimate!));
        var isOfPlan = plan.Select(one => new Candidate(one.Structure, [.. one.Settings]).Key()).ToHashSet(StringComparer.Ordinal);
        var work = (long)plan.Sum(one => (double)proxy.WorkOf(one.Structure));
        var others = looked.Select((entry, place) => (entry, place, Shortfall: Shortfall(entry.Values))).OrderBy(one => one.Shortfall).ThenBy(one => one.place)
            .Select(one => one.entry).Take(MaxOthers + plan.Count).Where(one => !isOfPlan.Contains(one.Candidate.Key())).Take(MaxOthers)
            .TakeWhile(one => (work += proxy.WorkOf(one.Candidate.Structure)) <= MaxWork);
        (Candidate Candidate, CallValues Values)[] all =
            [.. plan.Zip(front, (one, values) => (new Candidate(one.Structure, [.. one.Settings]), values)), .. others.Select(one => (one.Candidate, one.Values))];
        var pool = new ChoicePool(new double[all.Length][], new double[all.Length][], new CallValues[all.Length]);
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            (pool.Accuracy[i], pool.Latency[i]) = proxy.InfluenceByCase(all[i].Candidate.Structure, all[i].Candidate.Settings);
            pool.Means[i] = all[i].Values;
        });
        return pool;

        double Shortfall(CallValues values)
        {
            var best = 0.0;
            foreach (var one in front)
            {
                best = one.Accuracy > best && IsWithin(one, values, objectives) ? one.Accuracy : best;
            }

            return best - values.Accuracy;
        }
    }

    /// <summary>Whether a configuration spends no more than another of what are objectives.</summary>
    /// <param name="one">What it spends.</param>
    /// <param name="limits">What the other spends.</param>
    /// <param name="objectives">The objectives.</param>
    public static bool IsWithin(in CallValues one, in CallValues limits, Objectives objectives) =>
        (!objectives.HasFlag(Objectives.Latency) || one.Latency <= limits.Latency)
        && (!objectives.HasFlag(Objectives.Cost) || one.Cost <= limits.Cost)
        && (!objectives.HasFlag(Objectives.Energy) || one.Energy <= limits.Energy);

    private static CallValues ValuesOf(Estimate estimate) => new(estimate.Accuracy, estimate.LatencySeconds, estimate.Cost, estimate.EnergyJoules ?? 0);
}
