using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>One connection to a store, shared by all threads of the process one statement at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, StoreStatement> _statements = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly StoreQueue _queue;
    private bool _inTransaction;

    static StoreConnection() => Batteries_V2.Init();

    /// <summary>Opens a connection.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long a statement waits for another process that keeps the file locked, a second or more.</param>
    public StoreConnection(string path, TimeSpan patience)
    {
        (_path, _queue) = (path, new StoreQueue(Transact));

        // SQLite waits, and looks more often than the provider would, which tries no more after that.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            Open();
            Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {(long)patience.TotalMilliseconds}"));
            RowChecksum.Register(_connection);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement, or a script of statements without values.</summary>
    /// <param name="sql">The statement; with values it is kept, so the text must be one of few.</param>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on.</param>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_lock)
        {
            try
            {
                if (values.IsEmpty)
                {
                    Check(raw.sqlite3_exec(_connection.Handle, sql));
                }
                else
                {
                    using var run = Run(sql, values);
                    while (run.Next())
                    {
                    }
                }

                return raw.sqlite3_changes(_connection.Handle);
            }
            catch (Exception e) when (Trouble(e) is { } trouble)
            {
                throw trouble;
            }
        }
    }

    /// <summary>Reads the rows of a query.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="sql">The query; it is kept, so the text must be one of few.</param>
    /// <param name="map">Makes a value of a row, which is valid until it returns.</param>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on.</param>
    public List<T> Query<T>(string sql, Func<StoreRow, T> map, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        Scan(sql, row => rows.Add(map(row)), texts: null, values);
        return rows;
    }

    /// <summary>Looks at the rows of a query without making anything of them: for tables with as many rows as there are calls.</summary>
    /// <param name="sql">The query; it is kept, so the text must be one of few.</param>
    /// <param name="look">Told of each row, which is valid until it returns.</param>
    /// <param name="texts">Where the strings of rows come from; <see langword="null"/> for new ones.</param>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on.</param>
    public void Scan(string sql, Action<StoreRow> look, TextPool? texts = null, params ReadOnlySpan<object?> values)
    {
        lock (_lock)
        {
            try
            {
                using var run = Run(sql, values);
                while (run.Next())
                {
                    look(run.Row(texts));
                }
            }
            catch (Exception e) when (Trouble(e) is { } trouble)
            {
                throw trouble;
            }
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
                Execute("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }
            finally
            {
                _inTransaction = false;
            }
        }
    }

    /// <summary>
    /// Runs statements that belong together as <see cref="Transact"/> does, in one transaction with those that others ask for meanwhile: what many workers write one by one
    /// costs a write of the file each.
    /// </summary>
    /// <typeparam name="T">What they give.</typeparam>
    /// <param name="statements">The statements. They may be run again where others of the transaction fail, so they change nothing but the store.</param>
    /// <returns>What they gave, once it is in the store. Requests take effect in the order made.</returns>
    public Task<T> TransactAsync<T>(Func<T> statements) => _queue.Add(statements);

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var statement in _statements.Values)
            {
                statement.Dispose();
            }

            _statements.Clear();
            _connection.Dispose();
        }
    }

    private void Open()
    {
        try
        {
            _connection.Open();
        }
        catch (Exception e) when (Trouble(e) is { } trouble)
        {
            throw trouble;
        }
    }

    // An error of SQLite may have ended the transaction already; and whoever asked has to learn of the first error, not of this one.
    private void RollBack()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Execute("ROLLBACK");
            }
        }
        catch (Exception e) when (e is ProfileException or InvalidOperationException)
        {
            // The transaction ends with the connection, which nothing can be written by any more.
        }
    }

    private StoreStatement.Use Run(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new StoreStatement(_connection.Handle!, sql);
            _statements.Add(sql, statement);
        }

        return statement.Begin(values);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);

    // SQLite keeps any value in any column, and cannot tell a changed one from a good one.
    private ProfileException? Trouble(Exception error) => error switch
    {
        SqliteException e => StoreTrouble.Of(_path, e),
        InvalidCastException or InvalidDataException or FormatException or OverflowException or ArgumentException or JsonException => StoreHeader.Damaged(_path, error),
        _ => null,
    };
}
