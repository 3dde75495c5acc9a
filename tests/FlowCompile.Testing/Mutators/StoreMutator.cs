using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Testing.Mutators;

/// <summary>Changes rows of a database as a hand with an editor does: values, whole rows, and which value belongs to which row.</summary>
public static class StoreMutator
{
    private static readonly object[] s_values =
    [
        DBNull.Value, -1L, 0L, 1L, 2L, long.MaxValue, long.MinValue, int.MaxValue, double.PositiveInfinity, 0.0, 1.0, 0.5, -0.5, 1e300, "", "x", "0", "1", "{", "null", "[]", "{}", "\u0000", "\u001b[31m", "\u2028", new string('9', 400),
        new byte[] { 0xFF, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F }, Array.Empty<byte>(),
    ];

    /// <summary>Puts everything into the one file.</summary>
    /// <param name="path">The database.</param>
    public static void Settle(string path) => Use(path, connection =>
    {
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Run(connection, "PRAGMA journal_mode = DELETE");
    });

    /// <summary>Changes rows.</summary>
    /// <param name="original">The database.</param>
    /// <param name="path">Where it can be changed.</param>
    /// <param name="random">The random numbers.</param>
    public static byte[] Mutate(byte[] original, string path, Random random)
    {
        File.WriteAllBytes(path, original);
        Use(path, connection =>
        {
            for (var times = random.Next(1, 3); times > 0; times--)
            {
                Change(connection, random);
            }
        });
        return File.ReadAllBytes(path);
    }

    private static void Change(SqliteConnection connection, Random random)
    {
        var tables = Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        var filled = tables.Where(name => Count(connection, name) > 0).ToList();
        var table = filled[random.Next(filled.Count)];

        // What was measured is in these; the others say how the profile was made.
        table = random.Next(2) == 0 && filled.Contains("outcomes") ? "outcomes" : table;
        var columns = Texts(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
        var column = columns[random.Next(columns.Count)];
        var (row, other) = (Row(connection, table, random), Row(connection, table, random));
        switch (random.Next(8))
        {
            case 0:
                Run(connection, $"DELETE FROM \"{table}\" WHERE {row}");
                break;
            case 1:
                // The values of one row under the key of another.
                Run(connection, $"UPDATE OR IGNORE \"{table}\" SET {string.Join(", ", columns.Except(Keys(connection, table)).Select(name => $"\"{name}\" = (SELECT \"{name}\" FROM \"{table}\" WHERE {other})"))} WHERE {row}");
                break;
            case 2:
                Run(connection, $"UPDATE OR IGNORE \"{table}\" SET \"{column}\" = (SELECT \"{column}\" FROM \"{table}\" WHERE {other}) WHERE {row}");
                break;
            case 3:
                Run(connection, $"INSERT OR REPLACE INTO \"{table}\" SELECT {string.Join(", ", columns.Select((name, i) => i == 0 ? $"\"{name}\" || 'x'" : $"\"{name}\""))} FROM \"{table}\" WHERE {row}");
                break;
            case 4:
                Run(connection, $"UPDATE OR IGNORE \"{table}\" SET \"{column}\" = \"{column}\" + 1 WHERE {row}");
                break;
            case 5:
                Cut(connection, table, column, row, random);
                break;
            default:
                using (var command = connection.CreateCommand())
                {
                    command.CommandText = $"UPDATE OR IGNORE \"{table}\" SET \"{column}\" = ?1 WHERE {row}";
                    command.Parameters.AddWithValue("?1", s_values[random.Next(s_values.Length)]);
                    Try(command);
                }

                break;
        }
    }

    // A text or bytes that lack an end, or have another character in the middle.
    private static void Cut(SqliteConnection connection, string table, string column, string row, Random random)
    {
        using var read = connection.CreateCommand();
        read.CommandText = $"SELECT \"{column}\" FROM \"{table}\" WHERE {row}";
        object? changed = read.ExecuteScalar() switch
        {
            string { Length: > 1 } text => random.Next(2) == 0 ? text[..random.Next(text.Length)] : Replaced(text, random),
            byte[] { Length: > 1 } bytes => bytes[..random.Next(bytes.Length)],
            _ => null,
        };
        if (changed is not null)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE OR IGNORE \"{table}\" SET \"{column}\" = ?1 WHERE {row}";
            command.Parameters.AddWithValue("?1", changed);
            Try(command);
        }
    }

    private static string Replaced(string text, Random random)
    {
        var at = random.Next(text.Length);
        return text.Remove(at, 1).Insert(at, "\"{}[]:,0123456789en"[random.Next(19)].ToString());
    }

    // A condition that one row keeps.
    private static string Row(SqliteConnection connection, string table, Random random)
    {
        var keys = string.Join(", ", Keys(connection, table).Select(key => $"\"{key}\""));
        return $"({keys}) = (SELECT {keys} FROM \"{table}\" ORDER BY {keys} LIMIT 1 OFFSET {random.NextInt64(Count(connection, table)).ToString(CultureInfo.InvariantCulture)})";
    }

    private static List<string> Keys(SqliteConnection connection, string table) =>
        Texts(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk") is { Count: > 0 } keys ? keys : ["rowid"];

    private static long Count(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Try(command);
    }

    private static void Try(SqliteCommand command)
    {
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 1 or 19 or 20)
        {
            // The schema does not let it be damaged like this: the input is the original.
        }
    }

    private static void Use(string path, Action<SqliteConnection> use)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        use(connection);
    }
}
