using System.Text;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>A row of a query while it is read.</summary>
/// <param name="statement">The statement that is at the row; it is valid until that goes on.</param>
/// <param name="texts">Where strings come from; <see langword="null"/> for new ones.</param>
internal readonly struct StoreRow(sqlite3_stmt statement, TextPool? texts = null)
{
    private readonly nint _statement = statement.DangerousGetHandle();

    public bool IsNull(int column) => Of(column).Type == raw.SQLITE_NULL;

    public long Long(int column) => Of(column).Long;

    public int Int(int column) => checked((int)Long(column));

    public double Number(int column) => Of(column).Number;

    public ReadOnlySpan<byte> Bytes(int column) => Of(column).Bytes;

    /// <exception cref="InvalidDataException">There is none.</exception>
    public string Text(int column) => TextOrNull(column) ?? throw new InvalidDataException("A row lacks a text that every row has.");

    public string? TextOrNull(int column)
    {
        var value = Of(column);
        return value.Type == raw.SQLITE_NULL ? null : texts is null ? Encoding.UTF8.GetString(value.Bytes) : texts.Of(value.Bytes);
    }

    private StoredValue Of(int column) => StoredValue.Of(_statement, column);
}
