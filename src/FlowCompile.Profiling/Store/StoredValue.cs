using System.Runtime.InteropServices;

namespace FlowCompile.Profiling;

/// <summary>
/// A value that SQLite holds: of a row that is read, or that a function is called with. There are millions where there are many calls, so SQLite's functions are called
/// as they are: what they do takes less time than what the provider does around each.
/// </summary>
/// <param name="value">SQLite's pointer to it, valid as long as SQLite says.</param>
internal readonly unsafe struct StoredValue(nint value)
{
    /// <summary>The library of the provider, which has loaded it.</summary>
    public const string Library = "e_sqlite3";

    /// <summary>Where it is found.</summary>
    public const DllImportSearchPath SearchPaths = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    /// <summary>Its type, one of SQLite's.</summary>
    public int Type => sqlite3_value_type(value);

    public long Long => sqlite3_value_int64(value);

    public double Number => sqlite3_value_double(value);

    /// <summary>Its bytes, of a text in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var bytes = sqlite3_value_blob(value);
            return new ReadOnlySpan<byte>(bytes, bytes == null ? 0 : sqlite3_value_bytes(value));
        }
    }

    /// <summary>A value of the row that a statement is at, valid until it goes on. Nobody else may use the connection meanwhile.</summary>
    /// <param name="statement">SQLite's pointer to the statement.</param>
    /// <param name="column">The column.</param>
    public static StoredValue Of(nint statement, int column) => new(sqlite3_column_value(statement, column));

    // They only look at what is there, and none waits or calls back.
    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern nint sqlite3_column_value(nint statement, int column);

    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern int sqlite3_value_type(nint value);

    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern long sqlite3_value_int64(nint value);

    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern double sqlite3_value_double(nint value);

    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern byte* sqlite3_value_blob(nint value);

    [DllImport(Library), DefaultDllImportSearchPaths(SearchPaths), SuppressGCTransition]
    private static extern int sqlite3_value_bytes(nint value);
}
