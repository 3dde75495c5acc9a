namespace FlowCompile.Profiling;

/// <summary>Has outputs judged that have a label too: chosen by their hashes, so the same in every run, and as often right as they are.</summary>
internal sealed class AgreementCheck(ProfileContext context, Scorer scorer)
{
    /// <summary>Judges outputs of the sub-agents that have score methods; what is judged already takes no call.</summary>
    /// <param name="plan">The cells of the profile.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether all of them were judged that could be: not where a limit was reached.</returns>
    public async Task<bool> RunAsync(ProfilePlan plan, CancellationToken cancellationToken)
    {
        var isComplete = true;
        var labelled = context.SubAgents.Where(node => !scorer.IsJudged(node)).ToHashSet();
        if (scorer.Judge is not { } judge || labelled.Count == 0 || labelled.Count == context.SubAgents.Count)
        {
            return true;
        }

        // Spread over the sub-agents; what does not divide goes to the first ones.
        var checks = context.Section.Judge!.Checks;
        var chosen = plan.All.Where(planned => labelled.Contains(planned.Node)).GroupBy(planned => planned.Node)
            .SelectMany((group, i) => Choose(group, (checks / labelled.Count) + (i < checks % labelled.Count ? 1 : 0)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.Options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chosen.ToList(), options, async (pair, token) =>
        {
            try
            {
                await judge.ScoreAsync(pair.Planned.Node, pair.Planned.Case, pair.Planned.Inputs, pair.Output, token).ConfigureAwait(false);
            }
            catch (JudgeException)
            {
                // A check that failed tells nothing; it is made again next time.
            }
            catch (LimitReachedException)
            {
                Volatile.Write(ref isComplete, false);
            }
        }).ConfigureAwait(false);
        return isComplete;
    }

    private IEnumerable<(PlannedCell Planned, string Output)> Choose(IEnumerable<PlannedCell> cells, int count) => cells
        .OrderBy(planned => ContentHash.Of("check-1", planned.Cell.Key), StringComparer.Ordinal)
        .Select(planned => (planned, context.Store.Outcomes.FindOutput(planned.Cell)?.Output))
        .Where(pair => pair.Output is not null)
        .DistinctBy(pair => (pair.planned.Cell.CaseHash, pair.planned.Inputs.Hash, pair.Output))
        .Take(count)
        .Select(pair => (pair.planned, pair.Output!));
}
