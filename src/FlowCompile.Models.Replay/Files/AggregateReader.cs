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
                Model = table["model"],
                Format = table["edit_format"],
                Effort = table["reasoning_effort"].Length > 0 ? table["reasoning_effort"] : null,
                Budget = (int?)table.Number("thinking_tokens"),
                Cases = (int)Required("test_cases"),
                FirstTry = Required("pass_rate_1") / 100,
                AfterRepair = Required("pass_rate_2") / 100,
                TimePerCase = table.Number("seconds_per_case") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Cost = table.Number("total_cost"),
                InputTokens = (long?)table.Number("prompt_tokens"),
                OutputTokens = (long?)table.Number("completion_tokens"),
                ThinkingTokens = (long?)table.Number("thinking_tokens_used"),
            };
        }

        double Required(string column) => table.Number(column) ?? throw table.Fail($"'{column}' is empty");
    }
}
