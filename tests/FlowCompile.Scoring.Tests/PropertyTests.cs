namespace FlowCompile.Scoring.Tests;

/// <summary>What holds of every text: a score from 0 to 1 and no exception, and any text is the same as itself.</summary>
public class PropertyTests
{
    private const int Hang = 240_000;
    private const string Signs = "\\{}()[]^_$0123456789.,:;+-*/=<>|&%!'\n";
    private static readonly IReadOnlyList<ScorerRow> s_rows =
        [.. ScorerRows.Read(ScorerRows.Local("scorers-more.tsv")), .. ScorerRows.Read(ScorerRows.Local("scorers-kinds.tsv"))];

    [Fact(Timeout = Hang)]
    public Task ARandomText_IsScoredAndIsItself() => Task.Run(() =>
    {
        var random = new Random(4711);
        for (var round = 0; round < 1500; round++)
        {
            AssertScored(Characters(random, random.Next(1, 60)), Characters(random, random.Next(0, 60)));
        }
    });

    [Fact(Timeout = Hang)]
    public Task AChangedRow_IsScoredAndIsItself() => Task.Run(() =>
    {
        var random = new Random(1147);
        for (var round = 0; round < 1500; round++)
        {
            var row = s_rows[random.Next(s_rows.Count)];
            AssertScored(Changed(row.Gold, random), Changed(row.Answer, random));
        }
    });

    [Fact]
    public void ARightAnswer_StaysRightInABoxAndBehindAMark()
    {
        foreach (var row in s_rows.Where(row => row is { Scorer: "M", Right: 1 } && row.Answer == row.Answer.Trim() && row.Answer.Length < 60 && row.Kind is "frac" or "expr" or "interval" or "matrix" or "list" or "complex"))
        {
            Assert.True(Scorers.Mathematical(row.Gold, $"So we get $\\boxed{{{row.Answer}}}$.\n\nCheck: 17 is not it.") == 1, $"{row.Gold} | {row.Answer} in a box");
            Assert.True(Scorers.Mathematical(row.Gold, $"First 17, then 18.\nThe answer is ${row.Answer}$.") == 1, $"{row.Gold} | {row.Answer} behind a mark");
        }
    }

    [Fact]
    public void WordsOverlap_TheSameBothWays()
    {
        foreach (var row in s_rows)
        {
            Assert.Equal(Scorers.TokenF1(row.Gold, row.Answer), Scorers.TokenF1(row.Answer, row.Gold), 12);
        }
    }

    private static void AssertScored(string expected, string answer)
    {
        Assert.InRange(Scorers.Mathematical(expected, answer), 0, 1);
        Assert.InRange(Scorers.Numeric("12", answer), 0, 1);
        Assert.InRange(Scorers.TokenF1(expected, answer), 0, 1);
        Assert.InRange(Scorers.Exact(expected, answer), 0, 1);
        if (expected.Length > 0)
        {
            Assert.Equal(1, Scorers.Mathematical(expected, expected));
            Assert.Equal(1, Scorers.Numeric(expected, expected));
            Assert.Equal(1, Scorers.TokenF1(expected, expected));
            Assert.Equal(1, Scorers.Exact(expected, expected));
        }
    }

    // Any character, lone surrogates and controls among them, and often one that means something.
    private static string Characters(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(3) switch
    {
        0 => (char)random.Next(0x10000),
        1 => (char)random.Next(0x20, 0x7F),
        _ => Signs[random.Next(Signs.Length)],
    }));

    // Characters are left out, doubled, put elsewhere or replaced.
    private static string Changed(string text, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 6), text.Length - at);
            var piece = text.Substring(at, length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, piece),
                2 => text.Remove(at, length).Insert(random.Next(text.Length - length + 1), piece),
                _ => text.Remove(at, length).Insert(at, Characters(random, length)),
            };
        }

        return text;
    }
}
