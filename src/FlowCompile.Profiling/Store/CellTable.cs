using System.Text.Json;

namespace FlowCompile.Profiling;

/// <summary>The cells that the latest profile consists of, measured or not, and what it was made with. Older outcomes stay in the store.</summary>
internal sealed class CellTable(StoreConnection connection)
{
    private static readonly string s_insertModel = StoreTables.Models.Insert("IGNORE");
    private static readonly string s_insertCase = StoreTables.Cases.Insert("IGNORE");
    private static readonly string s_insertCell = StoreTables.Cells.Insert("REPLACE");
    private static readonly string s_insertProfile = StoreTables.Profile.Insert("REPLACE");

    /// <summary>
    /// Puts a profile in place of the one before. Where that had the same cells, those composed for it stay: another process may be at
    /// work on them.
    /// </summary>
    /// <param name="manifest">What it is made with.</param>
    /// <param name="plan">Its cases, and the cells known at the start.</param>
    public void Begin(ProfileManifest manifest, ProfilePlan plan) => connection.Transact(() =>
    {
        Write(manifest);
        foreach (var model in manifest.Models)
        {
            connection.Execute(s_insertModel, model.Name, model.Identity, model.Device);
        }

        foreach (var one in plan.Cases)
        {
            connection.Execute(s_insertCase, one.Hash, one.Id, one.Json);
        }

        var composed = nameof(InputVariant.Composed);
        if (!Rows("WHERE variant <> ?1", composed).SetEquals(plan.All.Where(planned => planned.Cell.Variant != InputVariant.Composed).Select(Row)))
        {
            Replace(plan);
        }
    });

    /// <summary>Adds cells that were not known at the start.</summary>
    /// <param name="cells">The cells.</param>
    public void Add(IReadOnlyList<PlannedCell> cells) => connection.Transact(() =>
    {
        foreach (var planned in cells)
        {
            var cell = planned.Cell;
            connection.Execute(
                s_insertCell,
                planned.Position, cell.Key, cell.Node, cell.Setting.Model, cell.Setting.Budget, cell.CaseId, cell.CaseHash, cell.Variant.ToString(),
                cell.Repetition, cell.InputsRight ? 1 : 0, cell.RightCandidates, cell.Candidates);
        }
    });

    /// <summary>Writes what the profile is made with.</summary>
    /// <param name="manifest">What that is.</param>
    public void Write(ProfileManifest manifest) =>
        connection.Execute(s_insertProfile, 1, JsonSerializer.Serialize(manifest, StoreJson.Default.ProfileManifest));

    /// <summary>Drops what a profile of before has left among its cells.</summary>
    /// <param name="plan">All its cells.</param>
    public void Finish(ProfilePlan plan) => connection.Transact(() =>
    {
        if (!Rows("").SetEquals(plan.All.Select(Row)))
        {
            Replace(plan);
        }
    });

    private void Replace(ProfilePlan plan)
    {
        connection.Execute("DELETE FROM cells");
        Add([.. plan.All]);
    }

    private static (long Position, string Key, string CaseId, string Model, int Budget, string Variant, int Right, int RightCandidates) Row(PlannedCell planned) => (
        planned.Position, planned.Cell.Key, planned.Cell.CaseId, planned.Cell.Setting.Model, planned.Cell.Setting.Budget, planned.Cell.Variant.ToString(),
        planned.Cell.InputsRight ? 1 : 0, planned.Cell.RightCandidates);

    private HashSet<(long Position, string Key, string CaseId, string Model, int Budget, string Variant, int Right, int RightCandidates)> Rows(
        string where, params object?[] values) => [.. connection.Query(
            $"SELECT position, key, case_id, model, budget, variant, inputs_right, right_candidates FROM cells {where}",
            row => (row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Int(4), row.Text(5), row.Int(6), row.Int(7)),
            values)];

    /// <summary>What the latest profile was made with; <see langword="null"/> where there is none.</summary>
    public ProfileManifest? ReadManifest() => connection
        .Query("SELECT json FROM profile", row => JsonSerializer.Deserialize(row.Text(0), StoreJson.Default.ProfileManifest) ?? throw new InvalidDataException("The profile has no manifest."))
        .FirstOrDefault();

    /// <summary>The settings that the latest profile has cells of.</summary>
    public List<(string Node, Setting Setting)> Settings() => connection.Query(
        "SELECT DISTINCT node, model, budget FROM cells", row => (row.Text(0), new Setting(row.Text(1), row.Int(2))));

    /// <summary>The cases that the latest profile has cells of.</summary>
    public List<(string Id, string Hash)> Cases() => connection.Query(
        "SELECT case_id, MAX(case_hash) FROM cells GROUP BY case_id", row => (row.Text(0), row.Text(1)));

    /// <summary>The cells of the latest profile in order, each with its outcome where it is measured.</summary>
    public List<(ProfileCell Cell, Outcome? Outcome)> Read()
    {
        var texts = new TextPool();
        var cells = new List<(ProfileCell Cell, Outcome? Outcome)>();
        connection.Scan(
            "SELECT key, node, model, budget, case_id, case_hash, variant, repetition, inputs_right, right_candidates, candidates FROM cells ORDER BY position",
            row => cells.Add((Cell(row), null)),
            texts);

        // Outcomes are kept by their keys: each in its turn is read far sooner than cell by cell. Two names of one model share theirs.
        var places = new Dictionary<string, int>(cells.Count, StringComparer.Ordinal);
        var next = new int[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            next[i] = places.GetValueOrDefault(cells[i].Cell.Key, -1);
            places[cells[i].Cell.Key] = i;
        }

        connection.Scan($"SELECT key, {OutcomeTable.Columns} FROM outcomes o WHERE {OutcomeTable.IsJudged}", row =>
        {
            if (places.TryGetValue(row.Text(0), out var place))
            {
                var outcome = OutcomeTable.Read(row, 1);
                for (; place >= 0; place = next[place])
                {
                    cells[place] = (cells[place].Cell, outcome);
                }
            }
        }, texts);
        return cells;
    }

    private static ProfileCell Cell(StoreRow row) => new()
    {
        Key = row.Text(0),
        Node = row.Text(1),
        Setting = new Setting(row.Text(2), row.Int(3)),
        CaseId = row.Text(4),
        CaseHash = row.Text(5),
        Variant = Enum.Parse<InputVariant>(row.Text(6)),
        Repetition = row.Int(7),
        InputsRight = row.Int(8) != 0,
        RightCandidates = row.Int(9),
        Candidates = row.Int(10),
    };
}
