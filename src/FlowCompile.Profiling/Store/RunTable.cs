namespace FlowCompile.Profiling;

/// <summary>Runs of whole workflows, by their keys. A success stays; a failure may be replaced by a success.</summary>
internal sealed class RunTable(StoreConnection connection)
{
    private static readonly string s_insert = StoreTables.Runs.Insert("IGNORE");

    /// <summary>Whether a run is there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="withFailures">Whether a failure counts.</param>
    public bool Contains(string key, bool withFailures) =>
        connection.Query("SELECT 1 FROM runs WHERE key = ?1 AND failed <= ?2", row => row.Int(0), key, withFailures ? 1 : 0).Count > 0;

    /// <summary>The score of a run; <see langword="null"/> where it failed, has none, or is not there.</summary>
    /// <param name="key">Its key.</param>
    public double? FindScore(string key) =>
        connection.Query("SELECT score FROM runs WHERE key = ?1", row => row.IsNull(0) ? (double?)null : row.Number(0), key).FirstOrDefault();

    /// <summary>Writes a run.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="run">The run.</param>
    /// <param name="models">The names of the models that its configuration may call.</param>
    /// <param name="caseHash">The hash of its case.</param>
    /// <param name="measuredAt">When it ended.</param>
    public void Add(string key, EndToEndRun run, IEnumerable<string> models, string caseHash, DateTimeOffset measuredAt) => connection.Transact(() =>
    {
        connection.Execute("DELETE FROM runs WHERE key = ?1 AND failed = 1", key);
        connection.Execute(
            s_insert,
            key, run.Purpose.ToString(), run.Configuration, string.Join(' ', models), run.CaseId, caseHash, run.Score, run.Error is null ? 0 : 1, run.Error,
            (long)run.Latency.TotalMicroseconds, run.Concurrency, run.Machine, measuredAt.ToUnixTimeMilliseconds());
    });

    /// <summary>
    /// The runs that say something of a profile: of its workflow, code, models and cases, as they are in it; case by case in the order of a race.
    /// </summary>
    /// <param name="manifest">What the profile is made with.</param>
    /// <param name="cases">Its cases.</param>
    public List<EndToEndRun> Read(ProfileManifest manifest, IEnumerable<(string Id, string Hash)> cases)
    {
        var known = cases.ToDictionary(one => one.Id, one => one.Hash, StringComparer.Ordinal);
        return
        [
            .. connection.Query(
                "SELECT key, purpose, configuration, models, case_id, case_hash, score, error, latency_us, concurrency, machine FROM runs ORDER BY configuration, key",
                row => (Key: row.Text(0), Models: row.Text(3), Hash: row.Text(5), Run: new EndToEndRun
                {
                    Purpose = Enum.Parse<RunPurpose>(row.Text(1)),
                    Configuration = row.Text(2),
                    CaseId = row.Text(4),
                    Score = row.IsNull(6) ? null : row.Number(6),
                    Error = row.IsNull(7) ? null : row.Text(7),
                    Latency = TimeSpan.FromMicroseconds(row.Long(8)),
                    Concurrency = row.Int(9),
                    Machine = row.Text(10),
                }))
                .Where(row => known.GetValueOrDefault(row.Run.CaseId) == row.Hash
                    && RunKey.Of(manifest, row.Run.Purpose, row.Run.Configuration, row.Models.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Hash) == row.Key)
                .OrderBy(row => RaceOrder.KeyOf(row.Hash), StringComparer.Ordinal).ThenBy(row => row.Run.CaseId, StringComparer.Ordinal)
                .Select(row => row.Run),
        ];
    }
}
