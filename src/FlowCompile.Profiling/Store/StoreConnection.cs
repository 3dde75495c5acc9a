using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling;

/// <summary>One connection to a store, shared by all threads of the process one statement at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _inTransaction;

    static StoreConnection() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens a connection.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long a statement waits for another process that keeps the file locked, a second or more.</param>
    public StoreConnection(string path, TimeSpan patience)
    {
        _path = path;

        // SQLite waits, and looks more often than the provider would, which tries no more after that.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            Guarded(_connection.Open);
            Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {(long)patience.TotalMilliseconds}"));
            RowChecksum.Register(_connection);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement; the command is kept, so the text must be one of few.</param>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on.</param>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params object?[] values)
    {
        lock (_lock)
        {
            return Guarded(() => Command(sql, values).ExecuteNonQuery());
        }
    }

    /// <summary>Reads the rows of a query.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="map">Makes a value of a row.</param>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on.</param>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params object?[] values)
    {
        lock (_lock)
        {
            return Guarded(() =>
            {
                var rows = new List<T>();
                using var reader = Command(sql, values).ExecuteReader();
                while (reader.Read())
                {
                    rows.Add(map(reader));
                }

                return rows;
            });
        }
    }

    /// <summary>Looks at the rows of a query without making anything of them: for tables with as many rows as there are calls.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="look">Told of each row, which is valid until it returns.</param>
    /// <param name="texts">Where the strings of rows come from; <see langword="null"/> for new ones.</param>
    public void Scan(string sql, Action<StoreRow> look, TextPool? texts = null)
    {
        lock (_lock)
        {
            Guarded(() =>
            {
                using var reader = Command(sql, []).ExecuteReader();
                while (reader.Read())
                {
                    look(new StoreRow(reader.Handle!, texts));
                }
            });
        }
    }

    /// <summary>Runs statements that belong together: all of them take effect, or none. Within another one it is part of that.</summary>
    /// <param name="statements">The statements.</param>
    public void Transact(Action statements)
    {
        lock (_lock)
        {
            if (_inTransaction)
            {
                statements();
                return;
            }

            Execute("BEGIN IMMEDIATE");
            _inTransaction = true;
            try
            {
                statements();
            }
            catch
            {
                _inTransaction = false;
                Execute("ROLLBACK");
                throw;
            }

            _inTransaction = false;
            Execute("COMMIT");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
            _connection.Dispose();
        }
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(FormattableString.Invariant($"?{i + 1}"), values[i] ?? DBNull.Value);
        }

        return command;
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw StoreTrouble.Of(_path, e);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidDataException or FormatException or OverflowException or ArgumentException or JsonException)
        {
            // SQLite keeps any value in any column, and cannot tell a changed one from a good one.
            throw StoreHeader.Damaged(_path, e);
        }
    }
}
