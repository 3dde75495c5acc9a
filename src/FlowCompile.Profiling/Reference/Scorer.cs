using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>Scores outputs by the workflow's score methods, and says whose fault it is when they fail; a judge scores sub-agents without one.</summary>
internal sealed class Scorer(WorkflowDescriptor descriptor, Judge? judge = null)
{
    /// <summary>The least score that counts as right where right or wrong is asked.</summary>
    public const double Right = 0.5;

    /// <summary>What scores sub-agents without a score method; <see langword="null"/> where nothing does.</summary>
    public Judge? Judge => judge;

    /// <summary>Whether a node is scored by the judge.</summary>
    /// <param name="node">The node's index.</param>
    public bool IsJudged(int node) => judge is not null && descriptor.Graph.Nodes[node].Kind == NodeKind.SubAgent && !HasMethod(node);

    /// <summary>Whether a node has a score method.</summary>
    /// <param name="node">The node's index.</param>
    public bool HasMethod(int node) => descriptor.CanScore(node) && descriptor.CaseType is not null;

    /// <summary>Scores an output by whatever scores its node.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="one">The case.</param>
    /// <param name="inputs">What the node received.</param>
    /// <param name="output">What it returned.</param>
    /// <param name="text">The same as JSON.</param>
    /// <param name="cancellationToken">Stops the judge.</param>
    /// <returns>The score; <see langword="null"/> for a node that nothing scores.</returns>
    /// <exception cref="JudgeException">The judge gave no score.</exception>
    /// <exception cref="ProfileException">The score method threw, or gave no number from 0 to 1.</exception>
    public async ValueTask<double?> ScoreAsync(int node, WorkflowCase one, StoredInputs inputs, object? output, string text, CancellationToken cancellationToken) =>
        IsJudged(node) ? await judge!.ScoreAsync(node, one, inputs, text, cancellationToken).ConfigureAwait(false)
        : HasMethod(node) ? Score(node, one, output)
        : null;

    /// <summary>Scores an output by its score method.</summary>
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
