namespace FlowCompile.Profiling;

/// <summary>Scores outputs by the workflow's score methods, and says whose fault it is when they fail.</summary>
internal sealed class Scorer(WorkflowDescriptor descriptor)
{
    /// <summary>The least score that counts as right where right or wrong is asked.</summary>
    public const double Right = 0.5;

    /// <summary>Scores an output.</summary>
    /// <param name="node">The node's index; it can be scored.</param>
    /// <param name="one">The case.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="ProfileException">The score method threw, or gave no number from 0 to 1.</exception>
    public double Score(int node, WorkflowCase one, object? output)
    {
        double score;
        try
        {
            score = descriptor.Score(node, one.Expected!, output);
        }
        catch (Exception e)
        {
            throw new ProfileException(
                $"The score of '{descriptor.Graph.Nodes[node].Name}' threw on case '{one.Id}': {e.GetType().Name}: {e.Message} A score method must take every output, wrong ones too.", e);
        }

        return score is >= 0 and <= 1 ? score : throw new ProfileException(FormattableString.Invariant(
            $"The score of '{descriptor.Graph.Nodes[node].Name}' on case '{one.Id}' is {score}; a score is from 0 (wrong) to 1 (right)."));
    }
}
