using System.Globalization;

namespace FlowCompile.Scoring.Tests;

/// <summary>Answers as models write them, each with its right score: every row, none left out.</summary>
public class FieldTests
{
    [Fact]
    public void EveryRowFromTheField_IsScoredRight() => AssertRight(ScorerRows.Read(ScorerRows.Shared("cases", "field", "scorers.tsv")), atLeast: 500);

    private static void AssertRight(IReadOnlyList<ScorerRow> rows, int atLeast)
    {
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
