using System.Globalization;

namespace FlowCompile.Scoring.Tests;

/// <summary>Answers as models write them, each with its right score: every row, none left out.</summary>
public class FieldTests
{
    [Fact]
    public void EveryRowFromTheField_IsScoredRight() => AssertRight(ScorerRows.Shared("cases", "field", "scorers.tsv"), atLeast: 510);

    /// <summary>Rows that were written from the definitions alone, by someone who did not see the scorers.</summary>
    [Fact]
    public void EveryRowWrittenFromTheDefinitions_IsScoredRight() => AssertRight(ScorerRows.Local("scorers-more.tsv"), atLeast: 450);

    /// <summary>More of every kind.</summary>
    [Fact]
    public void EveryRowOfTheSameKinds_IsScoredRight() => AssertRight(ScorerRows.Local("scorers-kinds.tsv"), atLeast: 1300);

    private static void AssertRight(string path, int atLeast)
    {
        var rows = ScorerRows.Read(path);
        Assert.InRange(rows.Count, atLeast, int.MaxValue);
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var score = ScorerRows.Score(row, row.Gold, row.Answer);
            if (Math.Abs(score - row.Right) > 1e-9)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Kind}: {row.Scorer} {row.Gold} | {row.Answer} is {row.Right}, not {score}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
