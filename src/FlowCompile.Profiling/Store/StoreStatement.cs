using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowCompile.Profiling;

/// <summary>A statement that SQLite has prepared, to be run again and again. The provider's commands take longer around a statement than most statements do.</summary>
internal sealed class StoreStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement, one.</param>
    /// <exception cref="SqliteException">It is no statement.</exception>
    public StoreStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Begins a run of it.</summary>
    /// <param name="values">The values of <c>?1</c>, <c>?2</c>, and so on: texts, numbers, bytes, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">A value is of another type.</exception>
    public Use Begin(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(_statement, i + 1),
                string text => raw.sqlite3_bind_text(_statement, i + 1, text),
                int number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                long number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                double number => raw.sqlite3_bind_double(_statement, i + 1, number),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, i + 1, bytes),
                _ => throw new ArgumentException($"A store keeps no {values[i]!.GetType().Name}.", nameof(values)),
            });
        }

        return new Use(this);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);

    /// <summary>A run of the statement; another one begins when it is disposed.</summary>
    /// <param name="owner">The statement.</param>
    internal readonly struct Use(StoreStatement owner) : IDisposable
    {
        /// <summary>Goes to the next row.</summary>
        /// <returns>Whether there is one.</returns>
        /// <exception cref="SqliteException">SQLite cannot.</exception>
        public bool Next()
        {
            var result = raw.sqlite3_step(owner._statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                owner.Check(result);
            }

            return result == raw.SQLITE_ROW;
        }

        /// <summary>The row that it is at.</summary>
        /// <param name="texts">Where its strings come from; <see langword="null"/> for new ones.</param>
        public StoreRow Row(TextPool? texts) => new(owner._statement, texts);

        // What it returns is the error of the run, which was thrown already.
        public void Dispose()
        {
            raw.sqlite3_reset(owner._statement);
            raw.sqlite3_clear_bindings(owner._statement);
        }
    }
}
