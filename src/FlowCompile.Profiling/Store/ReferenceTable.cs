namespace FlowCompile.Profiling;

/// <summary>The reference runs: what each node of the workflow received and returned for a case.</summary>
internal sealed class ReferenceTable(StoreConnection connection)
{
    /// <summary>Whether a run is there.</summary>
    /// <param name="key">Its key.</param>
    public bool Contains(string key) => connection.Query("SELECT 1 FROM reference_runs WHERE key = ?1", row => row.GetInt32(0), key).Count > 0;

    /// <summary>Writes a run with all its outputs at once.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="outputs">What its nodes received and returned.</param>
    /// <param name="measuredAt">When.</param>
    public void Add(ReferenceRequest request, IReadOnlyList<ReferenceOutput> outputs, DateTimeOffset measuredAt) => connection.Transact(() =>
    {
        var isNew = connection.Execute(
            "INSERT OR IGNORE INTO reference_runs VALUES (?1, ?2, ?3, ?4, ?5)",
            request.Key, request.Case.Hash, request.Variant.ToString(), request.Setting.ToString(), measuredAt.ToUnixTimeMilliseconds()) == 1;
        foreach (var output in isNew ? outputs : [])
        {
            connection.Execute("INSERT OR IGNORE INTO inputs VALUES (?1, ?2)", output.Inputs.Hash, output.Inputs.Json);
            connection.Execute(
                "INSERT INTO reference_outputs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                request.Key, output.Node, output.Replica, output.Attempt, output.Inputs.Hash, output.Output, output.Score);
        }
    });

    /// <summary>The outputs of a run; none where the run is not there.</summary>
    /// <param name="key">The run's key.</param>
    public List<ReferenceOutput> Read(string key) => connection.Query(
        """
        SELECT r.node, r.replica, r.attempt, i.json, r.output, r.score
        FROM reference_outputs r JOIN inputs i ON i.hash = r.inputs WHERE r.run = ?1 ORDER BY r.node, r.replica, r.attempt
        """,
        row => new ReferenceOutput(
            row.GetString(0), row.GetInt32(1), row.GetInt32(2), new StoredInputs(row.GetString(3)), row.GetString(4), row.IsDBNull(5) ? null : row.GetDouble(5)),
        key);
}
