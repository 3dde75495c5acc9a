namespace FlowCompile.Profiling;

/// <summary>What judges have said, by the hash of all that it depends on. Rows are only added.</summary>
internal sealed class VerdictTable(StoreConnection connection)
{
    private static readonly string s_insert = StoreTables.Verdicts.Insert("IGNORE");

    /// <summary>The score of a verdict, if it is there.</summary>
    /// <param name="key">Its key.</param>
    public double? Find(string key) => connection.Query("SELECT score FROM verdicts WHERE key = ?1", row => (double?)row.Number(0), key).FirstOrDefault();

    /// <summary>Adds a verdict; the first of a key stays.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="judgedAt">When it was given.</param>
    public void Add(Verdict verdict, DateTimeOffset judgedAt) => connection.Execute(
        s_insert,
        verdict.Key, verdict.Node, verdict.Judge, verdict.CaseHash, verdict.InputsHash, verdict.OutputHash, verdict.Score, verdict.Answer,
        verdict.Call.InputTokens, verdict.Call.ThinkingTokens, verdict.Call.OutputTokens, (long)verdict.Call.Latency.TotalMicroseconds,
        judgedAt.ToUnixTimeMilliseconds(), verdict.Call.CachedInputTokens);

    /// <summary>What judging has taken so far, by judge: tokens of the prompt, generated tokens, seconds, tokens of the prompt that were cached.</summary>
    public Dictionary<string, (double InputTokens, double GeneratedTokens, double Seconds, double CachedTokens)> Statistics() => connection.Query(
        "SELECT judge, AVG(input_tokens), AVG(thinking_tokens + output_tokens), AVG(latency_us) / 1e6, AVG(cached_tokens) FROM verdicts GROUP BY judge",
        row => (Judge: row.Text(0), Averages: (row.Number(1), row.Number(2), row.Number(3), row.Number(4)))).ToDictionary(row => row.Judge, row => row.Averages);

    /// <summary>
    /// The outputs of the latest profile that a score method and a judge have scored: once each, however many settings gave them.
    /// </summary>
    public List<(string Node, string Judge, double Label, double Verdict)> Labelled() => connection.Query(
        """
        SELECT o.node, v.judge, MAX(o.score), v.score
        FROM cells c JOIN outcomes o ON o.key = c.key
             JOIN verdicts v ON v.case_hash = o.case_hash AND v.node = o.node AND v.inputs = o.inputs AND v.output_hash = o.output_hash
        WHERE o.failed = 0 AND o.scorer <> v.judge GROUP BY v.key
        """,
        row => (row.Text(0), row.Text(1), row.Number(2), row.Number(3)));
}
