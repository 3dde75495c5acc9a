namespace FlowCompile.Profiling;

/// <summary>
/// Reckons what a call takes from other calls of its model: the prompt by what its sub-agent sends, the answer by the budget. Where no budget as large is known, the
/// whole of what the budget is larger is added, so that it is rather too much, and no token of the prompt is taken to be cached.
/// </summary>
/// <param name="statistics">What is known.</param>
internal sealed class CallEstimate(IReadOnlyCollection<CallStatistics> statistics)
{
    /// <summary>Reckons a call.</summary>
    /// <param name="node">The sub-agent's name.</param>
    /// <param name="identity">The model's identity.</param>
    /// <param name="budget">The budget.</param>
    /// <returns>What it takes; <see langword="null"/> where nothing is known of the model.</returns>
    public CallStatistics? Of(string node, string identity, int budget)
    {
        var ofModel = statistics.Where(row => row.Identity == identity).ToList();
        if (ofModel.Count == 0)
        {
            return null;
        }

        var (ofNode, ofBoth) = (statistics.Where(row => row.Node == node).ToList(), ofModel.FindAll(row => row.Node == node));
        var input = (ofBoth.Count > 0 ? ofBoth : ofNode.Count > 0 ? ofNode : ofModel).Max(row => row.InputTokens);
        var like = ofBoth.Count > 0 ? ofBoth : ofModel;
        var larger = like.FindAll(row => row.Budget >= budget);
        var generated = larger.Count > 0
            ? larger.Where(row => row.Budget == larger.Min(other => other.Budget)).Max(row => row.GeneratedTokens)
            : like.Max(row => row.GeneratedTokens + budget - row.Budget);
        var (seconds, tokens) = (ofModel.Sum(row => row.Seconds), ofModel.Sum(row => row.GeneratedTokens));
        return new CallStatistics(node, identity, budget, input, generated, tokens > 0 ? seconds / tokens * generated : seconds / ofModel.Count, CachedTokens: 0);
    }
}
