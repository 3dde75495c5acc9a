using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FlowCompile.Scoring.Tests;

public class MathematicalScorerTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    [Fact]
    public void EveryFormOfEveryAnswer_IsJudgedRight()
    {
        var wrong = new List<string>();
        foreach (var forms in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "math-answers.jsonl"))
            .Select(line => JsonSerializer.Deserialize<AnswerForms>(line, s_json)!))
        {
            wrong.AddRange(forms.Same.Append(forms.Gold).Where(form => Scorers.Mathematical(forms.Gold, form) != 1).Select(form => $"{forms.Gold}   is also   {form}"));
            wrong.AddRange(forms.Different.Where(form => Scorers.Mathematical(forms.Gold, form) != 0).Select(form => $"{forms.Gold}   is not   {form}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    private sealed record AnswerForms(string Gold, string[] Same, string[] Different);
}
