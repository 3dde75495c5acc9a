using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cells;

/// <summary><see cref="DoublingWorkflow"/> after an edit of its score: right is worth three quarters.</summary>
public sealed class ThreeQuartersScored : DoublingWorkflow
{
    [Score(nameof(Draft))]
    public static double ScoreDraft(NumberCase expected, string answer) => 0.75 * Score(expected, answer);

    [Score(nameof(Refine))]
    public static double ScoreRefine(NumberCase expected, string answer) => 0.75 * Score(expected, answer);

    [Score(nameof(Guess))]
    public static double ScoreGuess(NumberCase expected, string answer) => 0.75 * Score(expected, answer);

    [Score(nameof(Choose))]
    public static double ScoreChoose(NumberCase expected, string answer) => 0.75 * Score(expected, answer);
}
