using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>A table of a store whose rows have checksums.</summary>
internal sealed class StoreTable
{
    private readonly List<(string Name, char Type, int Since)> _described;
    private readonly string _columns;
    private readonly string _whole;

    /// <summary>Describes a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">
    /// Its columns but the checksum, each with a letter for the type of its values: <c>T</c> text, <c>I</c> whole number, <c>R</c> number, <c>B</c> bytes; a
    /// small letter where it may be null; then the version of the schema that added it, where that is later than <see cref="StoreSchema.FirstWithChecksums"/>.
    /// They stand in the order added.
    /// </param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="valid">The condition that the values of a row can be.</param>
    /// <param name="whole">The condition that what belongs to a row is there.</param>
    public StoreTable(string name, string columns, string key, string valid = "1", string whole = "1")
    {
        (Name, Key, Valid, _whole) = (name, key, valid, whole);
        _described = columns.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' ')).Select(
            pair => (pair[0], pair[1][0], pair[1].Length > 1 ? int.Parse(pair[1][1..], CultureInfo.InvariantCulture) : StoreSchema.FirstWithChecksums)).ToList();
        Columns = [.. _described.Select(column => column.Name)];
        _columns = string.Join(", ", Columns);
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
    public string Checksum => Sum(Columns);

    /// <summary>The condition that a row is damaged, or was changed by hand.</summary>
    public string Damaged => $"(checksum IS NULL OR checksum IS NOT {Checksum} OR NOT {_whole})";

    /// <summary>A statement that puts checksums on all rows whose values can be; on the others null, which is no checksum.</summary>
    public string SealAll => $"UPDATE {Name} SET checksum = CASE WHEN {Valid} THEN {Checksum} END";

    /// <summary>
    /// A statement that puts checksums of today on all rows that had the right one of an older version, and none on the others; <see langword="null"/> where the
    /// table has had no column more since.
    /// </summary>
    /// <param name="version">The older version, with checksums.</param>
    public string? SealAgain(int version) => _described.Exists(column => column.Since > version)
        ? $"UPDATE {Name} SET checksum = CASE WHEN checksum IS {Sum(Columns.Take(_described.Count(column => column.Since <= version)))} THEN {Checksum} END"
        : null;

    /// <summary>A statement that adds a row; its values are those of <see cref="Columns"/>, in order.</summary>
    /// <param name="or">What happens where one with its key is there: <c>IGNORE</c>, <c>REPLACE</c> or <c>ABORT</c>.</param>
    public string Insert(string or)
    {
        List<string> values = [.. Columns.Select((_, i) => FormattableString.Invariant($"?{i + 1}"))];
        return $"INSERT OR {or} INTO {Name} ({_columns}, checksum) VALUES ({string.Join(", ", values)}, {Sum(values)})";
    }

    /// <summary>A statement that puts the right checksum on a row that was changed; its value is that of the key.</summary>
    public string Seal => $"UPDATE {Name} SET checksum = {Checksum} WHERE {Key} = ?1";

    private string Sum(IEnumerable<string> values)
    {
        List<string> list = [.. values];
        return $"{RowChecksum.Function}('{Name}', '{string.Concat(_described.Take(list.Count).Select(column => column.Type))}', {string.Join(", ", list)})";
    }
}
