using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>Reads leaderboards: a row for each setting, with shares over all cases.</summary>
internal static class AggregateReader
{
    private static readonly string[] s_required = ["model", "test_cases", "pass_rate_1", "pass_rate_2"];

    public static IEnumerable<RecordedAggregate> Read(string path)
    {
        using var text = RecordedFile.Open(path);
        var table = new CsvReader(text, path);
        if (s_required.FirstOrDefault(column => !table.Has(column)) is { } missing)
        {
            throw new ReplayFileException(path, 1, $"the column '{missing}' is missing; a table of aggregates has model, test_cases, pass_rate_1 and pass_rate_2");
        }

        while (table.Read())
        {
            yield return new RecordedAggregate
            {
                Model = table.Name("model") is { Length: > 0 } model ? model : throw Empty("model"),
                Format = table.Name("edit_format"),
                Effort = table["reasoning_effort"].Length > 0 ? table.Name("reasoning_effort") : null,
                Budget = table.Whole("thinking_tokens"),
                Cases = table.Whole("test_cases") ?? throw Empty("test_cases"),
                FirstTry = Share("pass_rate_1"),
                AfterRepair = Share("pass_rate_2"),
                TimePerCase = table.Number("seconds_per_case") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Cost = table.Number("total_cost"),
                InputTokens = table.Tokens("prompt_tokens"),
                OutputTokens = table.Tokens("completion_tokens"),
                ThinkingTokens = table.Tokens("thinking_tokens_used"),
            };
        }

        double Share(string column) => (table.Number(column) ?? throw Empty(column)) is <= 100 and var percent
            ? percent / 100
            : throw table.Fail($"'{column}' is '{OutsideText.Show(table[column])}', and should be a percentage from 0 to 100");

        ReplayFileException Empty(string column) => table.Fail($"'{column}' is empty");
    }
}
