
namespace FlowCompile.Scoring.Tests;

/// <summary>Answers come from models and need not be answers: no text may throw, run on, or take the memory.</summary>
public class HostileAnswerTests
{
    // A guard against hanging, far above what the limits on work allow on any machine.
    private const int Hang = 240_000;

    private static readonly string[] s_pieces =
    [
        "\\frac", "{", "}", "(", ")", "[", "]", "\\sqrt", "^", "_", "1", "23", "456", "x", "y", "e", "i", "\\pi", "+", "-", "*", "/", ",", ";", "=", "\\le", "<", "\\cup",
        "\\infty", "\\{", "\\}", "\\begin{pmatrix}", "\\end{pmatrix}", "\\\\", "&", "\\text{cm}", "\\text{", "%", "^\\circ", "!", "\\pm", "\\binom", "\\log", "\\sin", "|", "$", "\\$",
        " and ", " or ", "\\overline{3}", ".", "0.", "\\boxed{", "\\in", "\\setminus", "9^9^9", " ", "\\left", "\\right", "\u221a", "\u2264", "\ud83d\ude00", "\0", "'", "miles per hour",
    ];

    public static TheoryData<string> Bombs => new(
        "9^{9^{9^{9}}}",
        "2^{1999}^{1999}",
        "((x+y+z)^{2000})",
        "(1+x)^{40}(1+y)^{40}(1+z)^{40}",
        "150!^{150!}",
        "\\binom{2000}{1000}^{100}",
        string.Concat(Enumerable.Repeat("\\sqrt{(1+", 60)) + "x" + string.Concat(Enumerable.Repeat(")^{10}}", 60)),
        string.Concat(Enumerable.Repeat("(", 5000)),
        string.Concat(Enumerable.Repeat("\\boxed{", 5000)),
        string.Concat(Enumerable.Repeat("\\{", 400)) + string.Concat(Enumerable.Repeat("\\}", 400)),
        string.Concat(Enumerable.Repeat("\\frac{1}{1+", 80)) + "x" + string.Concat(Enumerable.Repeat("}", 80)),
        string.Join(',', Enumerable.Range(0, 400)),
        string.Join("\\cup", Enumerable.Range(0, 60).Select(i => $"({i},{i + 1})")),
        string.Join('+', Enumerable.Range(3, 90).Select(i => $"\\sqrt{{{i}{i}{i}{i}1}}")),
        string.Concat(Enumerable.Repeat("x^{y^", 100)),
        new string('9', 100_000),
        new string('$', 100_000),
        "0." + new string('1', 5000) + "\\overline{" + new string('7', 5000) + "}",
        "\\sqrt{" + new string('7', 290) + "}",
        "\\sqrt[2000]{" + new string('7', 140) + "}",
        string.Concat(Enumerable.Repeat("and ", 4000)),
        "9^9^9^9",
        "9!!!!!!!!",
        "e^{e^{e^{e^{e^5}}}}",
        "\\tan(\\tan(\\tan(\\tan(10^{300}))))",
        "\\sum_{k=1}^{300}\\sum_{j=1}^{300}\\sum_{i=1}^{300} k",
        "\\int_0^1 " + string.Concat(Enumerable.Repeat("\\sin ", 30)) + "x dx",
        "\\lim_{x\\to0}" + string.Concat(Enumerable.Repeat("\\sin ", 30)) + "x",
        "(1+x+y+z+w)^{12}",
        new string(' ', 100_000) + "x",
        new string('\n', 100_000),
        new string('½', 100_000),
        new string('\ud800', 20_000),
        new string('⁹', 20_000),
        string.Concat(Enumerable.Repeat("x is not ", 3000)),
        string.Concat(Enumerable.Repeat("is 5 so ", 3000)),
        string.Concat(Enumerable.Repeat("<answer>", 3000)),
        string.Concat(Enumerable.Repeat("\\text{", 3000)),
        "{" + string.Concat(Enumerable.Repeat("\"answer\":{", 2000)),
        string.Concat(Enumerable.Repeat("\\begin{pmatrix}", 300)));

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Bombs))]
    public Task Bombs_AreRefused(string text) => Task.Run(() =>
    {
        Assert.Equal(0, Scorers.Mathematical("12345", text));
        _ = Scorers.Mathematical(text, text + " + 1");
        _ = Scorers.Numeric("12345", text);
        _ = Scorers.TokenF1("12345", text);
    });

    [Fact(Timeout = Hang)]
    public Task RandomText_NeitherThrowsNorRunsOn() => Task.Run(() =>
    {
        var random = new Random(20261);
        for (var round = 0; round < 4000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            var other = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            _ = Scorers.Mathematical(text, other);
            _ = Scorers.Numeric("1", text);
            _ = Scorers.TokenF1(text, other);
        }
    });

    [Fact]
    public void Equivalence_GoesBothWays()
    {
        var random = new Random(7);
        string[] atoms = ["1", "2", "3", "x", "y", "\\pi", "\\sqrt{2}", "i", "\\sqrt{3}"];
        for (var round = 0; round < 100; round++)
        {
            var (a, b) = (Build(3), Build(3));
            Assert.Equal(Scorers.Mathematical(a, b), Scorers.Mathematical(b, a));
            Assert.Equal(1, Scorers.Mathematical($"({a}) * ({b})", $"({b})({a})"));
            Assert.Equal(1, Scorers.Mathematical($"({a})({b}) + ({a})", $"({a})(1 + ({b}))"));
            Assert.Equal(0, Scorers.Mathematical($"{a}", $"{a} + \\sqrt{{7}}"));
        }

        string Build(int depth) => depth == 0 || random.Next(3) == 0
            ? atoms[random.Next(atoms.Length)]
            : $"({Build(depth - 1)}) {"+-*"[random.Next(3)]} ({Build(depth - 1)})";
    }
}
