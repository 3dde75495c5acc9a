using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>
/// The checksum of a row as a function of SQL, so that it is of what is stored: FNV-1a with 64 bits over the table's name and the type, length and bytes of every value.
/// Any change of one value by one byte changes it, and any other one but for one in 2^64.
/// </summary>
internal static unsafe class RowChecksum
{
    /// <summary>The function's name in SQL. Its arguments are the table's name, the types of the columns and their values.</summary>
    public const string Function = "flowcompile_checksum";

    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Makes the function known to a connection.</summary>
    /// <param name="connection">The connection, open.</param>
    public static void Register(SqliteConnection connection)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(Function + '\0'))
        {
            var result = sqlite3_create_function_v2(
                connection.Handle!.DangerousGetHandle(), name, -1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, 0, &Compute, 0, 0, 0);
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }
    }

    // SQLite calls it for each row, so it must not throw.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Compute(nint context, int count, nint* values)
    {
        var types = new StoredValue(values[1]).Bytes;
        var hash = Add(Start, new StoredValue(values[0]).Bytes);
        Span<byte> head = stackalloc byte[9];
        for (var i = 2; i < count; i++)
        {
            var value = new StoredValue(values[i]);
            var type = value.Type;
            if (!Fits(type, types[i - 2]))
            {
                sqlite3_result_null(context);
                return;
            }

            head[0] = (byte)type;
            var bytes = type is raw.SQLITE_TEXT or raw.SQLITE_BLOB ? value.Bytes : default;
            BinaryPrimitives.WriteInt64LittleEndian(
                head[1..], type == raw.SQLITE_INTEGER ? value.Long : type == raw.SQLITE_FLOAT ? BitConverter.DoubleToInt64Bits(value.Number) : bytes.Length);
            hash = Add(Add(hash, head), bytes);
        }

        sqlite3_result_int64(context, unchecked((long)hash));
    }

    private static bool Fits(int type, byte wanted) => type switch
    {
        raw.SQLITE_NULL => char.IsAsciiLetterLower((char)wanted),
        raw.SQLITE_TEXT => (wanted | 0x20) == 't',
        raw.SQLITE_INTEGER => (wanted | 0x20) == 'i',
        raw.SQLITE_FLOAT => (wanted | 0x20) == 'r',
        _ => (wanted | 0x20) == 'b',
    };

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }

    [DllImport(StoredValue.Library), DefaultDllImportSearchPaths(StoredValue.SearchPaths)]
    private static extern int sqlite3_create_function_v2(
        nint connection, byte* name, int arguments, int flags, nint data, delegate* unmanaged[Cdecl]<nint, int, nint*, void> function, nint step, nint final, nint destroy);

    [DllImport(StoredValue.Library), DefaultDllImportSearchPaths(StoredValue.SearchPaths), SuppressGCTransition]
    private static extern void sqlite3_result_int64(nint context, long value);

    [DllImport(StoredValue.Library), DefaultDllImportSearchPaths(StoredValue.SearchPaths), SuppressGCTransition]
    private static extern void sqlite3_result_null(nint context);
}
