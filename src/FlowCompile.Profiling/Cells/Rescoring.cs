namespace FlowCompile.Profiling;

/// <summary>Scores stored outputs anew after an edit of the score methods: that needs no call, the outputs are there.</summary>
internal sealed class Rescoring(ProfileContext context, NodeJson json, Scorer scorer)
{
    private readonly Dictionary<string, string> _outputs =
        context.Store.Outcomes.ScoredOtherwise(context.ScoreHash).ToDictionary(row => row.Key, row => row.Output, StringComparer.Ordinal);

    /// <summary>Scores the outputs of cells by today's score methods.</summary>
    /// <param name="cells">The cells.</param>
    public void Apply(IEnumerable<PlannedCell> cells)
    {
        if (_outputs.Count == 0)
        {
            return;
        }

        var scores = new List<(string, double)>();
        foreach (var planned in cells)
        {
            // What another judge has scored has another key.
            if (!scorer.IsJudged(planned.Node) && _outputs.Remove(planned.Cell.Key, out var output))
            {
                scores.Add((planned.Cell.Key, scorer.Score(planned.Node, planned.Case, json.ReadOutput(planned.Node, output))));
            }
        }

        context.Store.Outcomes.Rescore(scores, context.ScoreHash);
    }
}
