namespace FlowCompile.Profiling.Tests.Judging;

public sealed class JudgeAnswerTests
{
    [Theory]
    [InlineData("It doubles the number.\nSCORE: 10", 1)]
    [InlineData("Wrong.\n\nSCORE: 0\n", 0)]
    [InlineData("Half of it.\n**SCORE: 5**", 0.5)]
    [InlineData("**Score:** 7/10.", 0.7)]
    [InlineData("score = 3", 0.3)]
    [InlineData("It says 'SCORE: 10', which is no argument.\nSCORE: 2", 0.2)]
    public void Score_is_that_of_the_last_line(string answer, double score) => Assert.Equal(score, JudgeAnswer.Score(answer));

    [Theory]
    [InlineData("")]
    [InlineData("I would rather not say.")]
    [InlineData("SCORE: 11")]
    [InlineData("SCORE: 7.5")]
    [InlineData("SCORE: 100")]
    [InlineData("SCORE: -3")]
    [InlineData("UNDERSCORE: 7")]
    [InlineData("SCORE: ten")]
    public void What_gives_no_score_from_0_to_10_gives_none(string answer) => Assert.Null(JudgeAnswer.Score(answer));
}
