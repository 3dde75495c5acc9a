namespace FlowCompile.Profiling;

/// <summary>The reference runs: what each node of the workflow received and returned for a case.</summary>
internal sealed class ReferenceTable(StoreConnection connection)
{
    /// <summary>A statement that adds the inputs of a node; its values are their hash and their JSON.</summary>
    public static readonly string InsertInputs = StoreTables.Inputs.Insert("IGNORE");

    private static readonly string s_insertRun = StoreTables.ReferenceRuns.Insert("IGNORE");
    private static readonly string s_insertOutput = StoreTables.ReferenceOutputs.Insert("ABORT");

    /// <summary>Whether a run is there.</summary>
    /// <param name="key">Its key.</param>
    public bool Contains(string key) => connection.Query("SELECT 1 FROM reference_runs WHERE key = ?1", row => row.Int(0), key).Count > 0;

    /// <summary>Writes a run with all its outputs at once.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="outputs">What its nodes received and returned.</param>
    /// <param name="measuredAt">When.</param>
    public void Add(ReferenceRequest request, IReadOnlyList<ReferenceOutput> outputs, DateTimeOffset measuredAt) => connection.Transact(() =>
    {
        var isNew = connection.Execute(
            s_insertRun,
            request.Key, request.Case.Hash, request.Variant.ToString(), request.Setting.ToString(), measuredAt.ToUnixTimeMilliseconds(), outputs.Count) == 1;
        foreach (var output in isNew ? outputs : [])
        {
            connection.Execute(InsertInputs, output.Inputs.Hash, output.Inputs.Json);
            connection.Execute(
                s_insertOutput,
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
            row.Text(0), row.Int(1), row.Int(2), new StoredInputs(row.Text(3)), row.Text(4), row.IsNull(5) ? null : row.Number(5)),
        key);
}
