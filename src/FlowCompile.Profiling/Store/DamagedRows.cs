namespace FlowCompile.Profiling;

/// <summary>
/// Rows whose checksum is not that of their values: bits that were flipped, or a value that somebody has changed by hand. They are refused with the store,
/// or set aside: kept as text in a table of the same file, where they do no harm, so that what they were is measured again.
/// </summary>
internal sealed class DamagedRows
{
    private readonly StoreConnection _connection;
    private readonly List<(StoreTable Table, int Count, string First)> _found;

    private DamagedRows(StoreConnection connection, List<(StoreTable Table, int Count, string First)> found) => (_connection, _found) = (connection, found);

    /// <summary>How many there are.</summary>
    public int Count => _found.Sum(one => one.Count);

    /// <summary>Looks at all rows.</summary>
    /// <param name="connection">The store.</param>
    public static DamagedRows Find(StoreConnection connection) => new(
        connection,
        [
            .. from table in StoreTables.All
               let rows = connection.Query(
                   $"SELECT COUNT(*), min(substr({Shown(table)}, 1, 120)) FROM {table.Name} WHERE {table.Damaged}",
                   row => (Count: row.Int(0), First: row.IsNull(1) ? "" : row.Text(1)))[0]
               where rows.Count > 0
               select (table, rows.Count, rows.First),
        ]);

    /// <summary>Says which they are, in one line.</summary>
    /// <param name="path">The store.</param>
    public ProfileException Refused(string path)
    {
        var where = string.Join(", ", _found.Select(one => $"{one.Table.Name} ({one.Count})"));
        var first = string.Concat(_found[0].First.Select(character => char.IsControl(character) ? '?' : character));
        return new ProfileException(FormattableString.Invariant(
            $"{path}: {Count} {(Count == 1 ? "row is" : "rows are")} damaged or changed by hand, in {where}; the first is {first} of {_found[0].Table.Name}. The file is left as it is. Restore it from a backup, or run 'flowcompile profile --set-damaged-aside', which keeps all other rows and measures these again."));
    }

    /// <summary>Takes them out of their tables, and with them what cannot be without them.</summary>
    /// <returns>How many rows were taken out.</returns>
    public int SetAside()
    {
        // What belongs to a row that is gone goes as well.
        var moved = StoreTables.All.Where(table => table != StoreTables.ReferenceRuns).Sum(table => Move(table, table.Damaged));
        _connection.Execute("CREATE TEMP TABLE broken_runs (run)");
        _connection.Execute($"INSERT INTO broken_runs SELECT key FROM reference_runs WHERE {StoreTables.ReferenceRuns.Damaged}");
        return moved + Move(StoreTables.ReferenceOutputs, "run IN (SELECT run FROM broken_runs)") + Move(StoreTables.ReferenceRuns, "key IN (SELECT run FROM broken_runs)");
    }

    // The key as SQL writes it, whatever was made of it.
    private static string Shown(StoreTable table) => string.Join(" || ', ' || ", table.Key.Split(", ").Select(column => $"'{column} ' || quote(substr({column}, 1, 24))"));

    private int Move(StoreTable table, string where)
    {
        var values = string.Join(" || ', ' || ", table.Columns.Select(column => $"quote({column})"));
        _connection.Execute($"INSERT INTO set_aside (table_name, row, since) SELECT '{table.Name}', {values}, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM {table.Name} WHERE {where}");
        return _connection.Execute($"DELETE FROM {table.Name} WHERE {where}");
    }
}
