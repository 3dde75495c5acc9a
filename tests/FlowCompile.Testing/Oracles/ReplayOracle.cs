using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowCompile.Models.Replay;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>What docs/models.md says of recorded calls, held against what was read.</summary>
public static class ReplayOracle
{
    /// <summary>Checks calls that were read from lines of JSON.</summary>
    /// <param name="content">The file.</param>
    /// <param name="calls">What was read.</param>
    /// <exception cref="FuzzFailureException">They were read as something else.</exception>
    public static void CheckLines(ReadOnlySpan<byte> content, IReadOnlyList<RecordedCall> calls)
    {
        var text = Decode(content);
        List<string> lines = [.. text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None).Where(line => !string.IsNullOrWhiteSpace(line))];
        Rule(lines.Count == calls.Count, "read another number of calls than lines", $"{lines.Count} lines, {calls.Count} calls");
        foreach (var (line, call) in lines.Zip(calls))
        {
            using var document = StrictJson.Accepted(Encoding.UTF8.GetBytes(line));
            var json = document.RootElement;
            StrictJson.NoRepeats(json, "a call");
            foreach (var (name, read) in new[] { ("model", call.Model), ("prompt", call.Prompt), ("answer", call.Answer) })
            {
                Rule(json.TryGetProperty(name, out var written) && StrictJson.Text(written) == read, $"read something else: {name}", line);
            }

            StrictJson.Name(call.Model, "a model's name");
            foreach (var (name, read) in new[] { ("budget", (double?)call.Budget), ("seed", call.Seed), ("inputTokens", call.InputTokens), ("outputTokens", call.OutputTokens), ("thinkingTokens", call.ThinkingTokens) })
            {
                var written = json.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : (double?)null;
                Rule(written == read, $"read something else: {name}", line);
                Rule(name == "seed" || read is null or >= 0, $"accepted a negative {name}", line);
            }

            Times(call);
        }
    }

    /// <summary>Checks calls that were read from a table.</summary>
    /// <param name="content">The file.</param>
    /// <param name="calls">What was read.</param>
    /// <exception cref="FuzzFailureException">They were read as something else.</exception>
    public static void CheckTable(ReadOnlySpan<byte> content, IReadOnlyList<RecordedCall> calls)
    {
        if (CsvTable.TryRead(Decode(content)) is not { Count: > 0 } rows)
        {
            return;
        }

        var columns = rows[0];
        Rule(columns.Distinct().Count() == columns.Count, "accepted a column twice", string.Join(',', columns));
        Rule(rows.Count - 1 == calls.Count, "read another number of calls than rows", $"{rows.Count - 1} rows, {calls.Count} calls");
        foreach (var (row, call) in rows.Skip(1).Zip(calls))
        {
            Rule(row.Count == columns.Count, "accepted a row of another length", string.Join(',', row));
            Rule(Cell("query_id") == call.Prompt, "read something else: query_id", string.Join(',', row));
            Rule(Cell("model") == call.Model, "read something else: model", string.Join(',', row));
            Rule(Number("correct") == call.Score && call.Score is >= 0 and <= 1, "read something else: correct", string.Join(',', row));
            foreach (var (name, read) in new[] { ("in_tokens", call.InputTokens), ("out_tokens", call.OutputTokens), ("reasoning_tokens", call.ThinkingTokens) })
            {
                // Some tables have means of several calls: a token is whole.
                Rule((Number(name) is { } written ? read >= 0 && Math.Abs(written - read.Value) <= 0.5 : read is null), $"read something else: {name}", string.Join(',', row));
            }

            StrictJson.Name(call.Model, "a model's name");
            Times(call);

            string? Cell(string name) => columns.IndexOf(name) is >= 0 and var at ? row[at] : null;

            double? Number(string name) => double.TryParse(Cell(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        }
    }

    /// <summary>Checks the rows of a leaderboard.</summary>
    /// <param name="rows">What was read.</param>
    /// <exception cref="FuzzFailureException">They hold what no leaderboard can say.</exception>
    public static void CheckBoard(IEnumerable<RecordedAggregate> rows)
    {
        foreach (var row in rows)
        {
            Rule(row.FirstTry is >= 0 and <= 1 && row.AfterRepair is >= 0 and <= 1, "accepted a share that is none", $"{row.FirstTry} {row.AfterRepair}");
            Rule(row.Cases >= 0 && row.Budget is null or >= 0, "accepted a negative number", $"{row.Cases} {row.Budget}");
            Rule(row.TimePerCase is null || row.TimePerCase >= TimeSpan.Zero, "accepted a negative time", $"{row.TimePerCase}");
            Rule(row.Cost is null || (double.IsFinite(row.Cost.Value) && row.Cost >= 0), "accepted a cost that is none", $"{row.Cost}");
            StrictJson.Name(row.Model, "a model's name");
        }
    }

    private static void Times(RecordedCall call) =>
        Rule(call.Timings is null || call.Timings.Total >= TimeSpan.Zero, "accepted a time that is none", $"{call.Timings?.Total}");

    private static string Decode(ReadOnlySpan<byte> content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content[3..] : content);
        }
        catch (DecoderFallbackException e)
        {
            throw new FuzzFailureException("accepted invalid UTF-8", "", e);
        }
    }

    private static void Rule(bool holds, string rule, string what)
    {
        if (!holds)
        {
            throw new FuzzFailureException(rule, Refusal.Visible(what));
        }
    }
}
