
namespace FlowCompile.Scoring.Tests;

public class SimpleScorerTests
{
    [Theory]
    [InlineData("Paris", " Paris\n", true)]
    [InlineData("New York", "New  York", true)]
    [InlineData("Paris", "paris", false)]
    [InlineData("Paris", "Paris, France", false)]
    [InlineData("New York", "NewYork", false)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    public void Exact_LooksPastWhiteSpaceOnly(string expected, string answer, bool right) =>
        Assert.Equal(right ? 1 : 0, Scorers.Exact(expected, answer));

    [Fact]
    public void Exact_MayIgnoreCase() => Assert.Equal(1, Scorers.Exact("Paris", "PARIS", ignoreCase: true));

    [Theory]
    [InlineData("18", "18", true)]
    [InlineData("18", "She makes 9 * 2 = $18.", true)]
    [InlineData("18", "9 * 2 = 18\n#### 18", true)]
    [InlineData("1234.5", "\\boxed{1,234.50} after 3 steps", true)]
    [InlineData("0.5", ".5", true)]
    [InlineData("-3", "-3", true)]
    [InlineData("-3", "\u22123", true)]
    [InlineData("-3", "3", false)]
    [InlineData("3", "5-3", true)]
    [InlineData("3", "a 10-3 split", true)]
    [InlineData("1500", "1.5e3", true)]
    [InlineData("3/4", "0.75", true)]
    [InlineData("18", "81", false)]
    [InlineData("18", "18.01", false)]
    [InlineData("18", "none", false)]
    [InlineData("18", "", false)]
    [InlineData("18", "1e999999999", false)]
    [InlineData("70000", "#### 70,000", true)]
    public void Numeric_ComparesTheAnswersNumber(string expected, string answer, bool right) =>
        Assert.Equal(right ? 1 : 0, Scorers.Numeric(expected, answer));

    [Theory]
    [InlineData("3.14159", "3.14", 0.01, true)]
    [InlineData("3.14159", "3.1", 0.01, false)]
    public void Numeric_AllowsTheTolerance(string expected, string answer, double tolerance, bool right) =>
        Assert.Equal(right ? 1 : 0, Scorers.Numeric(expected, answer, tolerance));

    [Fact]
    public void Numeric_RefusesAnExpectedAnswerWithoutANumber()
    {
        Assert.Throws<ArgumentException>(() => Scorers.Numeric("none", "1"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scorers.Numeric("1", "1", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scorers.Numeric("1", "1", double.NaN));
    }

    [Theory]
    [InlineData("yes", "no", 0)]
    [InlineData("yes", "yes it is", 0)]
    [InlineData("no", "No.", 1)]
    [InlineData("yes it is", "yes", 0)]
    [InlineData("The Beatles", "beatles", 1)]
    [InlineData("New York City", "new york", 0.8)]
    [InlineData("U.S.", "US", 1)]
    [InlineData("state-of-the-art", "state of the art", 1)]
    [InlineData("romance", "Romance film.", 2.0 / 3)]
    [InlineData("a b b", "b b c", 0.8)]
    [InlineData("b c c", "c c c", 2.0 / 3)]
    [InlineData("Paris", "", 0)]
    [InlineData("Paris", null, 0)]
    [InlineData("the", "", 0)]
    public void TokenF1_CountsCommonWords(string expected, string? answer, double score) =>
        Assert.Equal(score, Scorers.TokenF1(expected, answer), 12);

    [Fact]
    public void NoAnswer_IsWrongEverywhere()
    {
        Assert.Equal(0, Scorers.Exact("1", null));
        Assert.Equal(0, Scorers.Numeric("1", null));
        Assert.Equal(0, Scorers.Mathematical("1", null));
        Assert.Equal(0, Scorers.Mathematical("1", ""));
        Assert.Equal(0, Scorers.Mathematical("1", "\\boxed{}"));
    }
}
