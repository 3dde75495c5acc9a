namespace FlowCompile.Profiling.Benchmarks;

/// <summary>Counts tokens that are decoded.</summary>
/// <param name="experiment">What was measured.</param>
internal sealed class TokenCount(Experiment experiment)
{
    /// <summary>What outcomes take with one decode for all budgets of them: the largest one's in full, and of the others what is not shared.</summary>
    /// <param name="outcomes">The outcomes.</param>
    public static long Decoded(IEnumerable<ProfiledOutcome> outcomes) => outcomes
        .GroupBy(one => (one.Cell.Node, one.Cell.CaseId, one.Cell.Setting.Model, one.Cell.Variant, one.Cell.Repetition, one.Cell.InputsRight, one.Cell.RightCandidates, one.Cell.Candidates))
        .Sum(group => group.Sum(one => Calls(one) - one.Outcome.ReusedTokens) + group.MaxBy(one => one.Cell.Setting.Budget)!.Outcome.ReusedTokens);

    /// <summary>What the reference runs on the cases of outcomes take: as much as the recorded calls on their inputs.</summary>
    /// <param name="outcomes">All outcomes of the cases.</param>
    /// <param name="manifest">What they were measured with.</param>
    public long References(IEnumerable<ProfiledOutcome> outcomes, ProfileManifest manifest) => outcomes
        .GroupBy(one => (one.Cell.CaseId, one.Cell.Node))
        .Sum(group => Run(group, manifest.Reference, InputVariant.Strong) + Run(group, manifest.WeakReference, InputVariant.Weak));

    private long Run(IEnumerable<ProfiledOutcome> outcomes, string setting, InputVariant variant)
    {
        var node = experiment.Graph.Nodes[experiment.Graph.IndexOf(outcomes.First().Cell.Node)];
        var calls = outcomes.Where(one => one.Cell.Setting.ToString() == setting && one.Cell.Repetition < node.MaxReplicas).ToLookup(one => one.Cell.Variant);

        // Inputs that both runs agree on count as those of the strong one.
        return (calls.Contains(variant) ? calls[variant] : calls[InputVariant.Strong]).Sum(Calls);
    }

    private static long Calls(ProfiledOutcome one) => one.Outcome.ThinkingTokens + one.Outcome.OutputTokens;
}
