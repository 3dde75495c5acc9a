namespace FlowCompile.Profiling;

/// <summary>The outcomes, by their keys. Rows are added; a stored output may be scored anew, and a failure may be replaced by a success.</summary>
internal sealed class OutcomeTable(StoreConnection connection)
{
    public const string Columns =
        "failed, error, score, input_tokens, thinking_tokens, output_tokens, first_token_us, latency_us, token_times, output, output_hash, prompt_hash, concurrency, machine, reused_tokens, energy_uj, batched, cached_tokens";

    private static readonly string s_insert = StoreTables.Outcomes.Insert("IGNORE");
    private static readonly string s_seal = StoreTables.Outcomes.Seal;

    /// <summary>The condition that the outcome <c>o</c> is no output which waits for its judge (<see cref="Outcome.IsUnjudged"/>).</summary>
    public const string IsJudged = "NOT (o.failed = 1 AND o.error IS NULL)";

    /// <summary>The keys of all outcomes.</summary>
    /// <param name="withFailures">Whether failures count.</param>
    public HashSet<string> Keys(bool withFailures) =>
        [.. connection.Query($"SELECT key FROM outcomes o WHERE failed <= ?1 AND {IsJudged}", row => row.Text(0), withFailures ? 1 : 0)];

    /// <summary>The keys of the outcomes that come from a batch.</summary>
    public HashSet<string> BatchedKeys() => [.. connection.Query("SELECT key FROM outcomes WHERE failed = 0 AND batched = 1", row => row.Text(0))];

    /// <summary>Whether an outcome is there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="withFailures">Whether a failure counts.</param>
    /// <param name="withBatched">Whether one of a batch counts.</param>
    public bool Contains(string key, bool withFailures, bool withBatched) => connection.Query(
        $"SELECT 1 FROM outcomes o WHERE key = ?1 AND failed <= ?2 AND (failed = 1 OR batched <= ?3) AND {IsJudged}",
        row => row.Int(0), key, withFailures ? 1 : 0, withBatched ? 1 : 0).Count > 0;

    /// <summary>The output that a cell has recorded, if it has one.</summary>
    /// <param name="cell">The cell.</param>
    public RecordedOutput? FindOutput(ProfileCell cell) => connection
        .Query(
            "SELECT output, score FROM outcomes WHERE key = ?1 AND failed = 0",
            row => new RecordedOutput(cell.Setting, row.Text(0), row.Number(1)),
            cell.Key)
        .FirstOrDefault();

    /// <summary>A cell's outcome, if it is measured.</summary>
    /// <param name="key">The cell's key.</param>
    public Outcome? Find(string key) => connection.Query($"SELECT {Columns} FROM outcomes WHERE key = ?1", row => Read(row, 0), key).FirstOrDefault();

    /// <summary>What a call came to that was scored otherwise, or by a judge that failed: its output is there, and only its score is missing.</summary>
    /// <param name="callKey">The call's key.</param>
    public Outcome? FindCall(string callKey) => connection
        .Query($"SELECT {Columns} FROM outcomes WHERE (key = ?1 OR call_key = ?1) AND output IS NOT NULL LIMIT 1", row => Read(row, 0), callKey)
        .FirstOrDefault();

    /// <summary>What calls have taken so far that were timed, by sub-agent, model and budget.</summary>
    public List<CallStatistics> Statistics() => connection.Query(
        """
        SELECT node, identity, budget, AVG(input_tokens), AVG(thinking_tokens + output_tokens), AVG(latency_us) / 1e6, AVG(cached_tokens)
        FROM outcomes WHERE failed = 0 AND batched = 0 GROUP BY node, identity, budget
        """,
        row => new CallStatistics(row.Text(0), row.Text(1), row.Int(2), row.Number(3), row.Number(4), row.Number(5), row.Number(6)));

    /// <summary>The most that a call has taken so far, by model and budget.</summary>
    public List<(string Identity, int Budget, TokenAmount Amount)> LargestCalls() => connection.Query(
        "SELECT identity, budget, MAX(input_tokens), MAX(thinking_tokens + output_tokens) FROM outcomes WHERE failed = 0 GROUP BY identity, budget",
        row => (row.Text(0), row.Int(1), new TokenAmount(row.Long(2), row.Long(3))));

    /// <summary>Writes an outcome. A success stays, whoever comes later; one of a batch only until a timed one comes.</summary>
    /// <param name="planned">What was measured.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="scorer">The hash of the score methods.</param>
    /// <param name="measuredAt">When.</param>
    public void Add(PlannedCell planned, Outcome outcome, string scorer, DateTimeOffset measuredAt) => connection.Transact(() =>
    {
        var cell = planned.Cell;
        connection.Execute(ReferenceTable.InsertInputs, planned.Inputs.Hash, planned.Inputs.Json);
        connection.Execute("DELETE FROM outcomes WHERE key = ?1 AND (failed = 1 OR (batched = 1 AND ?2 = 0))", cell.Key, outcome.Failed || outcome.IsBatched ? 1 : 0);
        connection.Execute(
            s_insert,
            cell.Key, planned.CallKey == cell.Key ? null : planned.CallKey, cell.Node, cell.Setting.Model, planned.Identity, cell.Setting.Budget, cell.CaseHash, planned.Inputs.Hash, cell.Repetition,
            planned.Seed, scorer, measuredAt.ToUnixTimeMilliseconds(), outcome.Failed ? 1 : 0, outcome.Error, outcome.Score,
            outcome.InputTokens, outcome.ThinkingTokens, outcome.OutputTokens, (long?)outcome.TimeToFirstToken?.TotalMicroseconds,
            (long)outcome.Latency.TotalMicroseconds, TokenTimes.Pack(outcome.TokenTimes), outcome.Output, outcome.OutputHash, outcome.PromptHash,
            outcome.Concurrency, outcome.Machine, outcome.ReusedTokens,
            outcome.EnergyJoules is { } joules ? (long)Math.Round(joules * 1e6) : null, outcome.IsBatched ? 1 : 0, outcome.CachedInputTokens);
    });

    /// <summary>The outputs that other score methods than today's have scored, by key.</summary>
    /// <param name="scorer">The hash of today's score methods.</param>
    public List<(string Key, string Output)> ScoredOtherwise(string scorer) => connection.Query(
        "SELECT key, output FROM outcomes WHERE failed = 0 AND scorer <> ?1", row => (row.Text(0), row.Text(1)), scorer);

    /// <summary>Puts a new score on a stored output.</summary>
    /// <param name="scores">The outcomes' keys and scores.</param>
    /// <param name="scorer">The hash of the score methods.</param>
    public void Rescore(IReadOnlyList<(string Key, double Score)> scores, string scorer) => connection.Transact(() =>
    {
        foreach (var (key, score) in scores)
        {
            connection.Execute("UPDATE outcomes SET score = ?2, scorer = ?3 WHERE key = ?1", key, score, scorer);
            connection.Execute(s_seal, key);
        }
    });

    /// <summary>Reads an outcome from a row that has <see cref="Columns"/> from a position on.</summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The position.</param>
    /// <exception cref="InvalidDataException">Its numbers are none that a call can have.</exception>
    public static Outcome Read(StoreRow row, int at) => Checked(new Outcome
    {
        Failed = row.Int(at) != 0,
        Error = row.TextOrNull(at + 1),
        Score = row.IsNull(at + 2) ? null : row.Number(at + 2),
        InputTokens = row.Long(at + 3),
        ThinkingTokens = row.Long(at + 4),
        OutputTokens = row.Long(at + 5),
        TimeToFirstToken = row.IsNull(at + 6) ? null : TimeSpan.FromMicroseconds(row.Long(at + 6)),
        Latency = TimeSpan.FromMicroseconds(row.Long(at + 7)),
        TokenTimes = TokenTimes.Unpack(row.Bytes(at + 8)),
        Output = row.TextOrNull(at + 9),
        OutputHash = row.TextOrNull(at + 10),
        PromptHash = row.TextOrNull(at + 11),
        Concurrency = row.Int(at + 12),
        Machine = row.Text(at + 13),
        ReusedTokens = row.Long(at + 14),
        EnergyJoules = row.IsNull(at + 15) ? null : row.Long(at + 15) / 1e6,
        IsBatched = row.Int(at + 16) != 0,
        CachedInputTokens = row.Long(at + 17),
    });

    private static Outcome Checked(Outcome outcome) =>
        (outcome.Failed || (outcome is { Score: >= 0 and <= 1, Output: not null, OutputHash: not null }))
        && outcome is { InputTokens: >= 0, ThinkingTokens: >= 0, OutputTokens: >= 0, ReusedTokens: >= 0, CachedInputTokens: >= 0, Latency.Ticks: >= 0 }
        && outcome.TimeToFirstToken is not { Ticks: < 0 } && outcome.EnergyJoules is not < 0
            ? outcome
            : throw new InvalidDataException("An outcome has numbers that no call can have.");
}
