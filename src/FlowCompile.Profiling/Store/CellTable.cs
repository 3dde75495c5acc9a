using System.Text.Json;

namespace FlowCompile.Profiling;

/// <summary>The cells that the latest profile consists of, measured or not, and what it was made with. Older outcomes stay in the store.</summary>
internal sealed class CellTable(StoreConnection connection)
{
    /// <summary>Puts a profile in place of the one before.</summary>
    /// <param name="manifest">What it is made with.</param>
    /// <param name="cases">Its cases.</param>
    /// <param name="cells">Its cells, in order.</param>
    /// <param name="isLast">
    /// Whether these are all cells there will be. Otherwise a table that has them and composed ones more stays as it is: another process,
    /// further on, may have put them there.
    /// </param>
    public void Replace(ProfileManifest manifest, IReadOnlyList<WorkflowCase> cases, IReadOnlyList<PlannedCell> cells, bool isLast) => connection.Transact(() =>
    {
        connection.Execute("DELETE FROM profile");
        connection.Execute("INSERT INTO profile VALUES (1, ?1)", JsonSerializer.Serialize(manifest));
        foreach (var model in manifest.Models)
        {
            connection.Execute("INSERT OR IGNORE INTO models VALUES (?1, ?2, ?3)", model.Name, model.Identity, model.Device);
        }

        foreach (var one in cases)
        {
            connection.Execute("INSERT OR IGNORE INTO cases VALUES (?1, ?2, ?3)", one.Hash, one.Id, one.Json);
        }

        if (Has(cells, exactly: isLast))
        {
            return;
        }

        connection.Execute("DELETE FROM cells");
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i].Cell;
            connection.Execute(
                "INSERT INTO cells VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                i, cell.Key, cell.Node, cell.Setting.Model, cell.Setting.Budget, cell.CaseId, cell.CaseHash, cell.Variant.ToString(), cell.Repetition,
                cell.InputsRight ? 1 : 0, cell.RightCandidates, cell.Candidates);
        }
    });

    private bool Has(IReadOnlyList<PlannedCell> cells, bool exactly)
    {
        var there = connection.Query(
            "SELECT key, case_id, model, budget, variant, inputs_right, right_candidates, candidates FROM cells",
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7))).ToHashSet();
        var wanted = cells.Select(planned => planned.Cell).Select(cell => (
            cell.Key, cell.CaseId, cell.Setting.Model, cell.Setting.Budget, cell.Variant.ToString(), cell.InputsRight ? 1 : 0, cell.RightCandidates, cell.Candidates)).ToHashSet();
        return wanted.IsSubsetOf(there) && (there.Count == wanted.Count
            || (!exactly && there.Except(wanted).All(row => row.Item5 == nameof(InputVariant.Composed))));
    }

    /// <summary>What the latest profile was made with; <see langword="null"/> where there is none.</summary>
    public ProfileManifest? ReadManifest() => connection
        .Query("SELECT json FROM profile", row => JsonSerializer.Deserialize<ProfileManifest>(row.GetString(0)))
        .FirstOrDefault();

    /// <summary>The cells of the latest profile in order, each with its outcome where it is measured.</summary>
    public List<(ProfileCell Cell, Outcome? Outcome)> Read() => connection.Query(
        $"""
        SELECT c.key, c.node, c.model, c.budget, c.case_id, c.case_hash, c.variant, c.repetition, c.inputs_right, c.right_candidates, c.candidates,
               {OutcomeTable.Columns}
        FROM cells c LEFT JOIN outcomes o ON o.key = c.key ORDER BY c.position
        """,
        row => (
            new ProfileCell
            {
                Key = row.GetString(0),
                Node = row.GetString(1),
                Setting = new Setting(row.GetString(2), row.GetInt32(3)),
                CaseId = row.GetString(4),
                CaseHash = row.GetString(5),
                Variant = Enum.Parse<InputVariant>(row.GetString(6)),
                Repetition = row.GetInt32(7),
                InputsRight = row.GetInt32(8) != 0,
                RightCandidates = row.GetInt32(9),
                Candidates = row.GetInt32(10),
            },
            row.IsDBNull(11) ? null : OutcomeTable.Read(row, 11)));
}
