using System.Globalization;
using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>Reads tables of recorded outcomes: a row for each query, setting and run.</summary>
internal static class TableReader
{
    private static readonly string[] s_required = ["query_id", "model", "correct"];

    public static IEnumerable<RecordedCall> Read(string path)
    {
        using var text = RecordedFile.Open(path);
        var table = new CsvReader(text, path);
        if (s_required.FirstOrDefault(column => !table.Has(column)) is { } missing)
        {
            throw new ReplayFileException(path, 1, $"the column '{missing}' is missing; a table of outcomes has query_id, model and correct, and may have setting, budget, run and tokens");
        }

        while (table.Read())
        {
            var score = table.Number("correct") is { } correct and <= 1 ? correct : throw table.Fail($"'{OutsideText.Show(table["correct"])}' is no score from 0 to 1");
            var latency = table.Number("latency_s");
            yield return new RecordedCall
            {
                Prompt = table["query_id"],
                Model = table.Name("model") is { Length: > 0 } model ? model : throw table.Fail("'model' is empty"),
                Setting = table["setting"].Length > 0 ? table.Name("setting") : table["model"],
                Level = table["budget"].Length > 0 ? table.Name("budget") : null,
                Run = table.Whole("run") ?? 0,
                Score = score,
                Answer = score.ToString(CultureInfo.InvariantCulture),
                InputTokens = table.Tokens("in_tokens"),
                CachedInputTokens = table.Tokens("cached_tokens"),
                OutputTokens = table.Tokens("out_tokens"),
                ThinkingTokens = table.Tokens("reasoning_tokens"),
                Timings = latency is { } seconds
                    ? new GenerationTimings { TimeToFirstToken = TimeSpan.FromSeconds(seconds), TokenTimes = [], Total = TimeSpan.FromSeconds(seconds) }
                    : null,
            };
        }
    }
}
