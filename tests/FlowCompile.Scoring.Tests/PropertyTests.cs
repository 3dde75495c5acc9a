using CsCheck;
using FlowCompile.Testing;

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
        PropertyCheck.Holds(Gen.Select(Text(1, 60), Text(0, 60)), 1500, texts => AssertScored(texts.Item1, texts.Item2));
    });

    [Fact(Timeout = Hang)]
    public Task AChangedRow_IsScoredAndIsItself() => Task.Run(() =>
    {
        var texts = Gen.OneOf([.. s_rows]).SelectMany(row => Gen.Select(Changed(row.Gold), Changed(row.Answer)));
        PropertyCheck.Holds(texts, 1500, changed => AssertScored(changed.Item1, changed.Item2));
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
    private static Gen<string> Text(int shortest, int longest) =>
        Gen.OneOf<char>(Gen.Char['\0', '\uFFFF'], Gen.Char[' ', '~'], Gen.Char[Signs]).Array[shortest, longest].Select(characters => new string(characters));

    // Characters are left out, doubled, put elsewhere or replaced.
    private static Gen<string> Changed(string text) => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9999], Gen.Int[1, 5], Gen.Int[0, 9999], Text(1, 5)).Array[1, 4].Select(changes => changes.Aggregate(text, (old, change) =>
    {
        if (old.Length == 0)
        {
            return old;
        }

        var (kind, from, most, to, characters) = change;
        var at = from % old.Length;
        var piece = old.Substring(at, Math.Min(most, old.Length - at));
        var rest = old.Remove(at, piece.Length);
        return kind switch
        {
            0 => rest,
            1 => old.Insert(at, piece),
            2 => rest.Insert(to % (rest.Length + 1), piece),
            _ => rest.Insert(at, characters),
        };
    }));
}
