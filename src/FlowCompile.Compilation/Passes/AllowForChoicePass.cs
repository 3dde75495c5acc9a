using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Corrects the accuracies for the choice: what is on the frontier is there because the measured cases favour it, and is less accurate on others. What the
/// recorded cases say stays beside it.
/// </summary>
internal sealed class AllowForChoicePass : ICompilePass
{
    public string Name => "allow for choice";

    public void Run(CompileState state)
    {
        if (state.Paired is not { } proxy || !state.Options.Objectives.HasFlag(Objectives.Accuracy))
        {
            return;
        }

        var (objectives, token) = (state.Options.Objectives, state.CancellationToken);
        state.Differences = new AccuracyDifferences(proxy);

        // A single sub-agent off the frontier was chosen among its like; one on the frontier among all.
        var front = state.Configurations.Select(one => one.ToText(state.Graph)).ToHashSet(StringComparer.Ordinal);
        var singles = Corrected(ChoicePool.Of(state.Singles, state.LookedAlone, proxy, objectives, token), state.Singles).Configurations;
        var pool = ChoicePool.Of(state.Configurations, state.Looked, proxy, objectives, token);
        var found = Corrected(pool, state.Configurations);
        (state.Configurations, state.Pool, state.Gains) = (found.Configurations, pool, found.Gains);
        state.Singles = [.. singles.Where(one => !front.Contains(one.ToText(state.Graph)))];
        state.Rivals = [.. state.Configurations, .. state.Singles];
        state.Record(this, "", FormattableString.Invariant(
            $"chosen again in {CaseHalves.Splits} pairs of halves of the cases from {pool.Means.Length} configurations: accuracies are up to {found.Gains.DefaultIfEmpty().Max():0.####} lower on other cases, and corrected; intervals begin up to {found.Lower:0.####} lower"));

        (List<WorkflowConfiguration> Configurations, double[] Gains, double Lower) Corrected(ChoicePool from, IReadOnlyList<WorkflowConfiguration> chosen)
        {
            var gains = ChoiceHalves.Gains(from, chosen.Count, proxy.Recorded.Cases, objectives);
            var draws = new ChoiceBootstrap(from, chosen.Count, objectives).Run(proxy.Draws);
            List<WorkflowConfiguration> corrected = [];
            for (var i = 0; i < chosen.Count; i++)
            {
                var (one, estimate) = (chosen[i], chosen[i].Estimate!);
                var (accuracy, interval) = (Math.Max(0, estimate.Accuracy - gains[i]), estimate.AccuracyInterval!.Value);
                state.Differences.Add(one, gains[i]);
                corrected.Add(new WorkflowConfiguration(one.Id, one.Structure, one.Settings, estimate with
                {
                    Accuracy = accuracy,
                    RecordedAccuracy = estimate.Accuracy,
                    AccuracyInterval = interval with { Low = Math.Min(accuracy, Math.Max(0, interval.Low - draws[i].Lower)) },
                }));
            }

            return (corrected, gains, draws.Select(one => one.Lower).DefaultIfEmpty().Max());
        }
    }
}
