namespace FlowCompile.Profiling;

/// <summary>A table of a store whose rows have checksums.</summary>
internal sealed class StoreTable
{
    private readonly string _columns;
    private readonly string _types;
    private readonly string _whole;

    /// <summary>Describes a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">
    /// Its columns but the checksum, each with a letter for the type of its values: <c>T</c> text, <c>I</c> whole number, <c>R</c> number, <c>B</c> bytes; a
    /// small letter where it may be null.
    /// </param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="valid">The condition that the values of a row can be.</param>
    /// <param name="whole">The condition that what belongs to a row is there.</param>
    public StoreTable(string name, string columns, string key, string valid = "1", string whole = "1")
    {
        (Name, Key, Valid, _whole) = (name, key, valid, whole);
        var pairs = columns.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' ')).ToList();
        Columns = [.. pairs.Select(pair => pair[0])];
        _columns = string.Join(", ", Columns);
        _types = string.Concat(pairs.Select(pair => pair[1]));
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The columns of its key, separated by commas.</summary>
    public string Key { get; }

    /// <summary>The columns that the checksum is of, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The condition that the values of a row can be.</summary>
    public string Valid { get; }

    /// <summary>The checksum of a row, as an expression; null where a value is not of its column's type.</summary>
    public string Checksum => Sum(_columns);

    /// <summary>The condition that a row is damaged, or was changed by hand.</summary>
    public string Damaged => $"(checksum IS NULL OR checksum IS NOT {Checksum} OR NOT {_whole})";

    /// <summary>A statement that puts checksums on all rows whose values can be; on the others null, which is no checksum.</summary>
    public string SealAll => $"UPDATE {Name} SET checksum = CASE WHEN {Valid} THEN {Checksum} END";

    /// <summary>A statement that adds a row; its values are those of <see cref="Columns"/>, in order.</summary>
    /// <param name="or">What happens where one with its key is there: <c>IGNORE</c>, <c>REPLACE</c> or <c>ABORT</c>.</param>
    public string Insert(string or)
    {
        var values = string.Join(", ", Columns.Select((_, i) => FormattableString.Invariant($"?{i + 1}")));
        return $"INSERT OR {or} INTO {Name} ({_columns}, checksum) VALUES ({values}, {Sum(values)})";
    }

    /// <summary>A statement that puts the right checksum on a row that was changed; its value is that of the key.</summary>
    public string Seal => $"UPDATE {Name} SET checksum = {Checksum} WHERE {Key} = ?1";

    private string Sum(string values) => $"{RowChecksum.Function}('{Name}', '{_types}', {values})";
}
