using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling.Tests.Store;

/// <summary>Ways to damage a profile store.</summary>
internal static class StoreDamage
{
    private static readonly object[] s_values =
    [
        DBNull.Value, -1L, 2L, long.MaxValue, long.MinValue, int.MaxValue, double.NaN, double.PositiveInfinity, -0.5, 1e300, "", "x", "{", "null", "[]", "{}",
        "{\"Dropped\":null}", "\u0000", new string('9', 400), new byte[] { 0xFF, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F },
    ];

    /// <summary>Puts everything into the one file.</summary>
    public static void Settle(string path) => Use(path, connection =>
    {
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Execute(connection, "PRAGMA journal_mode = DELETE");
    });

    /// <summary>Overwrites some bytes; the file keeps its length and so its pages.</summary>
    public static byte[] Overwrite(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)));
        }

        return bytes;
    }

    /// <summary>Puts something else into one value of one row.</summary>
    /// <returns>What was changed; <see langword="null"/> where the schema, or chance, leaves it as it was.</returns>
    public static string? ChangeValue(string path, Random random)
    {
        string? changed = null;
        Use(path, connection =>
        {
            var table = StoreTables.All[random.Next(StoreTables.All.Count)];
            var column = table.Columns[random.Next(table.Columns.Count)];
            var rows = Convert.ToInt64(Command(connection, $"SELECT COUNT(*) FROM {table.Name}").ExecuteScalar(), CultureInfo.InvariantCulture);
            if (rows == 0)
            {
                return;
            }

            var row = FormattableString.Invariant($"({table.Key}) = (SELECT {table.Key} FROM {table.Name} LIMIT 1 OFFSET {random.NextInt64(rows)})");
            var old = Command(connection, $"SELECT {column} FROM {table.Name} WHERE {row}").ExecuteScalar()!;
            var value = old is string { Length: > 2 } text && random.Next(2) == 0 ? Cut(text, random) : s_values[random.Next(s_values.Length)];
            var before = Command(connection, $"SELECT group_concat(quote({column})) FROM {table.Name}").ExecuteScalar();
            using var update = Command(connection, $"UPDATE OR IGNORE {table.Name} SET {column} = ?1 WHERE {row}");
            update.Parameters.AddWithValue("?1", value is double.NaN ? DBNull.Value : value);
            try
            {
                update.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                return; // Its schema does not let it be damaged like this.
            }

            var after = Command(connection, $"SELECT group_concat(quote({column})) FROM {table.Name}").ExecuteScalar();
            changed = Equals(before, after) ? null : $"{table.Name}.{column}";
        });
        return changed;
    }

    private static string Cut(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(2) == 0 ? text[..at] : text.Remove(at, 1).Insert(at, "\"{}[]:,0-9en"[random.Next(12)].ToString());
    }

    private static void Use(string path, Action<SqliteConnection> use)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        use(connection);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
