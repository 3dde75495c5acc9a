using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>
/// The checksum of a row as a function of SQL, so that it is of what is stored: FNV-1a with 64 bits over the table's name and the type, length and bytes of every value.
/// Any change of one value by one byte changes it, and any other one but for one in 2^64.
/// </summary>
internal static class RowChecksum
{
    /// <summary>The function's name in SQL. Its arguments are the table's name, the types of the columns and their values.</summary>
    public const string Function = "flowcompile_checksum";

    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // Several threads never use a connection at once, but several connections may be in use.
    private static readonly delegate_function_scalar s_function = Compute;

    /// <summary>Makes the function known to a connection.</summary>
    /// <param name="connection">The connection, open.</param>
    public static void Register(SqliteConnection connection) =>
        raw.sqlite3_create_function(connection.Handle, Function, -1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, s_function);

    private static void Compute(sqlite3_context context, object user, sqlite3_value[] values)
    {
        var types = raw.sqlite3_value_blob(values[1]);
        var hash = Add(Start, raw.sqlite3_value_blob(values[0]));
        Span<byte> head = stackalloc byte[9];
        for (var i = 2; i < values.Length; i++)
        {
            var type = raw.sqlite3_value_type(values[i]);
            if (!Fits(type, types[i - 2]))
            {
                raw.sqlite3_result_null(context);
                return;
            }

            head[0] = (byte)type;
            var isNumber = type is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT;
            var bytes = isNumber ? default : raw.sqlite3_value_blob(values[i]);
            BinaryPrimitives.WriteInt64LittleEndian(
                head[1..],
                type == raw.SQLITE_INTEGER ? raw.sqlite3_value_int64(values[i])
                : type == raw.SQLITE_FLOAT ? BitConverter.DoubleToInt64Bits(raw.sqlite3_value_double(values[i]))
                : bytes.Length);
            hash = Add(Add(hash, head), bytes);
        }

        raw.sqlite3_result_int64(context, unchecked((long)hash));
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
}
